namespace Flama;

/// <summary>The formats that are known: those that engines load, and those that are told by name so that a message gives the way out.</summary>
/// <remarks>One file above 400 lines on purpose: a flat table with an entry per format, whose texts are read and kept side by side.</remarks>
public static class ModelFormats
{
    private const string DumpIt = "save it with joblib.dump(model, 'model.joblib').";

    private const string Dense =
        "Such models cannot be served yet. A network of dense layers can be carried over into scikit-learn's MLPClassifier or MLPRegressor "
        + "(coefs_, intercepts_) and saved with joblib.dump.";

    private const string PickleEngine = "Add the scikit-learn engine to the table of engines.";

    private const string BoosterEngine = "Add the engine for boosters to the table of engines.";

    private const string OtherLibrary =
        "Models of this library cannot be served. Train the model with scikit-learn, XGBoost or LightGBM, and save it with joblib.dump.";

    private const string DataRemedy = "This is data. Give the model first: flama model MODEL predict --input FILE";

    private const string NameTheModel = "Unpack it and give the path of the model file in it.";

    /// <summary>A Python pickle, of any library.</summary>
    public static readonly ModelFormat Pickle = new("pickle", "a Python pickle")
    {
        Remedy = PickleEngine,
    };

    /// <summary>A pickle that is compressed as a whole, as joblib writes it.</summary>
    public static readonly ModelFormat Joblib = new("joblib", "a compressed Python pickle (joblib)")
    {
        Remedy = PickleEngine,
    };

    /// <summary>A zip archive of skops: scikit-learn without pickle.</summary>
    public static readonly ModelFormat Skops = new("skops", "a skops archive")
    {
        Framework = "sklearn",
        Remedy = PickleEngine,
    };

    /// <summary>An XGBoost model in JSON.</summary>
    public static readonly ModelFormat XGBoostJson = new("xgboost-json", "an XGBoost model in JSON")
    {
        Framework = "xgboost",
        Remedy = BoosterEngine,
    };

    /// <summary>An XGBoost model in UBJSON.</summary>
    public static readonly ModelFormat XGBoostUbjson = new("xgboost-ubj", "an XGBoost model in UBJSON")
    {
        Framework = "xgboost",
        Remedy = BoosterEngine,
    };

    /// <summary>An XGBoost model in the binary form of 2.0 and before.</summary>
    public static readonly ModelFormat XGBoostBinary = new("xgboost-binary", "an XGBoost model in the old binary format")
    {
        Framework = "xgboost",
        Remedy = BoosterEngine,
    };

    /// <summary>What <c>dump_model</c> of XGBoost writes, for people to read.</summary>
    public static readonly ModelFormat XGBoostDump = new("xgboost-dump", "a text dump of XGBoost, which lacks what predicting needs")
    {
        Framework = "xgboost",
        Remedy = "Save the model itself: booster.save_model('model.json').",
    };

    /// <summary>A LightGBM model in text.</summary>
    public static readonly ModelFormat LightGbmText = new("lightgbm-text", "a LightGBM model")
    {
        Framework = "lightgbm",
        Remedy = BoosterEngine,
    };

    /// <summary>What <c>dump_model</c> of LightGBM gives.</summary>
    public static readonly ModelFormat LightGbmJson = new("lightgbm-json", "a JSON dump of LightGBM")
    {
        Framework = "lightgbm",
        Remedy = "Save the model as text: booster.save_model('model.txt').",
    };

    /// <summary>A CatBoost model in its own binary form.</summary>
    public static readonly ModelFormat CatBoostBinary = new("catboost-cbm", "a CatBoost model (.cbm)")
    {
        Framework = "catboost",
        Remedy = BoosterEngine,
    };

    /// <summary>A CatBoost model in JSON.</summary>
    public static readonly ModelFormat CatBoostJson = new("catboost-json", "a CatBoost model in JSON")
    {
        Framework = "catboost",
        Remedy = BoosterEngine,
    };

    /// <summary>A PMML document.</summary>
    public static readonly ModelFormat Pmml = new("pmml", "a PMML document")
    {
        Framework = "pmml",
        Remedy = $"Take the model that it was made from and {DumpIt}",
    };

    /// <summary>A model directory of MLflow whose model file is not found by itself.</summary>
    public static readonly ModelFormat Mlflow = new("mlflow", "an MLflow model directory")
    {
        Framework = "mlflow",
        Remedy = "Give the path of the model file in it, for example model.pkl or model.xgb.",
    };

    /// <summary>A saved model or pipeline of Spark ML.</summary>
    public static readonly ModelFormat SparkMl = new("spark-ml", "a Spark ML model directory")
    {
        Framework = "spark",
        Remedy = OtherLibrary,
    };

    /// <summary>A zip archive of H2O.</summary>
    public static readonly ModelFormat H2OMojo = new("h2o-mojo", "an H2O MOJO archive")
    {
        Framework = "h2o",
        Remedy = OtherLibrary,
    };

    /// <summary>A zip archive of ML.NET.</summary>
    public static readonly ModelFormat MLNet = new("mlnet", "an ML.NET model")
    {
        Framework = "mlnet",
        Remedy = "Load it with ML.NET itself: mlContext.Model.Load(path, out var schema).",
    };

    /// <summary>A serialized object of R.</summary>
    public static readonly ModelFormat RData = new("r-data", "an object of R (.rds, .RData)")
    {
        Framework = "r",
        Remedy = OtherLibrary,
    };

    /// <summary>An ONNX model.</summary>
    public static readonly ModelFormat Onnx = new("onnx", "an ONNX model")
    {
        Framework = "onnx",
        Remedy = "Save the model that it was made from: joblib.dump for scikit-learn, save_model('model.json') for XGBoost, save_model('model.txt') for LightGBM.",
    };

    /// <summary>A zip archive of <c>torch.jit.save</c>.</summary>
    public static readonly ModelFormat TorchScript = new("torchscript", "a TorchScript archive of PyTorch")
    {
        Framework = "torch",
        Remedy = Dense,
    };

    /// <summary>A TorchScript archive for the lite interpreter.</summary>
    public static readonly ModelFormat TorchLite = new("torch-lite", "a PyTorch model for mobile devices (.ptl)")
    {
        Framework = "torch",
        Remedy = Dense,
    };

    /// <summary>A zip archive of <c>torch.export.save</c>.</summary>
    public static readonly ModelFormat TorchExport = new("torch-export", "an exported program of PyTorch (.pt2)")
    {
        Framework = "torch",
        Remedy = Dense,
    };

    /// <summary>A zip archive of <c>torch.save</c>: a state dict, a checkpoint or a whole module.</summary>
    public static readonly ModelFormat TorchPickle = new("torch-pickle", "a file of torch.save, which holds weights or Python objects but no program")
    {
        Framework = "torch",
        Remedy = $"Export the model in Python: torch.export.save(torch.export.export(model, (example,)), 'model.pt2'). {Dense}",
    };

    /// <summary>A file of <c>torch.save</c> before 1.6: stacked pickles, or a tar archive.</summary>
    public static readonly ModelFormat TorchLegacy = new("torch-legacy", "a file of torch.save from before PyTorch 1.6, which holds weights or Python objects but no program")
    {
        Framework = "torch",
        Remedy = $"Load it in Python and export it: torch.export.save(torch.export.export(model, (example,)), 'model.pt2'). {Dense}",
    };

    /// <summary>A program for ExecuTorch.</summary>
    public static readonly ModelFormat ExecuTorch = new("executorch", "an ExecuTorch program (.pte)")
    {
        Framework = "torch",
        Remedy = Dense,
    };

    /// <summary>Named tensors of safetensors.</summary>
    public static readonly ModelFormat Safetensors = new("safetensors", "a safetensors file: weights without a program")
    {
        Framework = "transformers",
        Remedy = $"Weights alone cannot be served. {Dense}",
    };

    /// <summary>A language model of llama.cpp.</summary>
    public static readonly ModelFormat Gguf = new("gguf", "a GGUF file: a language model of llama.cpp")
    {
        Framework = "llama.cpp",
        Remedy = "Language models cannot be served yet: use llama.cpp.",
    };

    /// <summary>A zip archive of Keras 3 or of late Keras 2.</summary>
    public static readonly ModelFormat Keras = new("keras", "a Keras model (.keras)")
    {
        Framework = "keras",
        Remedy = Dense,
    };

    /// <summary>A whole model of Keras in HDF5.</summary>
    public static readonly ModelFormat KerasHdf5 = new("keras-hdf5", "a Keras model in HDF5 (.h5)")
    {
        Framework = "keras",
        Remedy = Dense,
    };

    /// <summary>Weights of Keras in HDF5, without a configuration.</summary>
    public static readonly ModelFormat KerasWeights = new("keras-weights", "Keras weights in HDF5, without the model's layers")
    {
        Framework = "keras",
        Remedy = $"Save the whole model: model.save('model.keras'). {Dense}",
    };

    /// <summary>Some other HDF5 file.</summary>
    public static readonly ModelFormat Hdf5 = new("hdf5", "an HDF5 file that no known library wrote as a model")
    {
        Remedy = "Save the model with its library: model.save('model.keras') for Keras, joblib.dump for scikit-learn.",
    };

    /// <summary>A SavedModel: a directory, or an archive of one.</summary>
    public static readonly ModelFormat SavedModel = new("savedmodel", "a TensorFlow SavedModel")
    {
        Framework = "tensorflow",
        Remedy = Dense,
    };

    /// <summary>A <c>GraphDef</c> of TensorFlow.</summary>
    public static readonly ModelFormat TensorFlowGraph = new("tensorflow-graph", "a frozen graph of TensorFlow 1 (.pb)")
    {
        Framework = "tensorflow",
        Remedy = Dense,
    };

    /// <summary>A <c>MetaGraphDef</c> (<c>.meta</c>).</summary>
    public static readonly ModelFormat TensorFlowMetaGraph = new("tensorflow-metagraph", "a meta graph of TensorFlow, without its variables")
    {
        Framework = "tensorflow",
        Remedy = $"Save the model as a SavedModel. {Dense}",
    };

    /// <summary>A checkpoint of TensorFlow.</summary>
    public static readonly ModelFormat TensorFlowCheckpoint = new("tensorflow-checkpoint", "a TensorFlow checkpoint: weights without a program")
    {
        Framework = "tensorflow",
        Remedy = $"Save the whole model: model.save('model.keras'). {Dense}",
    };

    /// <summary>A <c>model.json</c> of TensorFlow.js.</summary>
    public static readonly ModelFormat TensorFlowJs = new("tensorflow-js", "a TensorFlow.js model")
    {
        Framework = "tensorflow",
        Remedy = Dense,
    };

    /// <summary>A FlatBuffer of TensorFlow Lite.</summary>
    public static readonly ModelFormat TfLite = new("tflite", "a TensorFlow Lite model")
    {
        Framework = "tensorflow",
        Remedy = Dense,
    };

    /// <summary>A snapshot directory of Hugging Face, or a bundle of one.</summary>
    public static readonly ModelFormat Transformers = new("transformers", "a Hugging Face model directory")
    {
        Framework = "transformers",
        Remedy = "Language models and pipelines of transformers cannot be served yet.",
    };

    /// <summary>A model of Core ML.</summary>
    public static readonly ModelFormat CoreML = new("coreml", "a Core ML model")
    {
        Framework = "coreml",
        Remedy = Dense,
    };

    /// <summary>The XML half of an OpenVINO model.</summary>
    public static readonly ModelFormat OpenVino = new("openvino", "an OpenVINO network")
    {
        Framework = "openvino",
        Remedy = Dense,
    };

    /// <summary>The few lines that Git keeps in a large file's place.</summary>
    public static readonly ModelFormat GitLfsPointer = new("git-lfs", "a Git LFS pointer")
    {
        Remedy = "The model itself was not downloaded. Run: git lfs pull",
        IsModel = false,
    };

    /// <summary>A Jupyter notebook.</summary>
    public static readonly ModelFormat Notebook = new("notebook", "a Jupyter notebook")
    {
        Remedy = $"Run it, and let it {DumpIt}",
        IsModel = false,
    };

    /// <summary>Python source code.</summary>
    public static readonly ModelFormat PythonSource = new("python", "Python source code")
    {
        Remedy = $"Run it, and let it {DumpIt}",
        IsModel = false,
    };

    /// <summary>A web page, as a failed download leaves it.</summary>
    public static readonly ModelFormat Html = new("html", "a web page")
    {
        Remedy = "The download gave a page instead of the file: log in, or use the link of the raw file.",
        IsModel = false,
    };

    /// <summary>A table of data in Parquet.</summary>
    public static readonly ModelFormat Parquet = new("parquet", "a Parquet table")
    {
        Remedy = DataRemedy,
        IsModel = false,
    };

    /// <summary>A table of data in Arrow.</summary>
    public static readonly ModelFormat Arrow = new("arrow", "an Arrow or Feather table")
    {
        Remedy = DataRemedy,
        IsModel = false,
    };

    /// <summary>Arrays of NumPy.</summary>
    public static readonly ModelFormat NumPy = new("numpy", "a NumPy array file (.npy, .npz)")
    {
        Remedy = $"Arrays are data. Give the model: {DumpIt}",
        IsModel = false,
    };

    /// <summary>Lines of text that look like a table.</summary>
    public static readonly ModelFormat Csv = new("csv", "a table of text (CSV)")
    {
        Remedy = DataRemedy,
        IsModel = false,
    };

    /// <summary>Some other JSON document.</summary>
    public static readonly ModelFormat Json = new("json", "a JSON document of no known model library")
    {
        Remedy = "Give the file that the library's own save function wrote.",
        IsModel = false,
    };

    /// <summary>A PDF document.</summary>
    public static readonly ModelFormat Pdf = new("pdf", "a PDF document")
    {
        Remedy = "Give the path of the model file.",
        IsModel = false,
    };

    /// <summary>Some other zip archive.</summary>
    public static readonly ModelFormat Zip = new("zip", "a zip archive of other files")
    {
        Remedy = NameTheModel,
        IsModel = false,
    };

    /// <summary>Some other tar archive.</summary>
    public static readonly ModelFormat Tar = new("tar", "a tar archive of other files")
    {
        Remedy = NameTheModel,
        IsModel = false,
    };

    /// <summary>An archive of 7-Zip or RAR.</summary>
    public static readonly ModelFormat SevenZip = new("7z", "a 7-Zip or RAR archive")
    {
        Remedy = NameTheModel,
        IsModel = false,
    };

    /// <summary>Some other directory.</summary>
    public static readonly ModelFormat Directory = new("directory", "a directory in which no model is recognised")
    {
        Remedy = "Give the path of the model file in it.",
        IsModel = false,
    };

    /// <summary>Nothing that is known.</summary>
    public static readonly ModelFormat Unknown = new("unknown", "a file of no known format")
    {
        Remedy = "Known are .flm packages, pickle, joblib and skops files, XGBoost, LightGBM and CatBoost, ONNX, TorchScript, torch.export, Keras and TensorFlow.",
        IsModel = false,
    };

    /// <summary>All formats, in the order of their declaration.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } =
    [
        Pickle, Joblib, Skops, XGBoostJson, XGBoostUbjson, XGBoostBinary, XGBoostDump, LightGbmText, LightGbmJson,
        CatBoostBinary, CatBoostJson, Pmml, Mlflow, SparkMl, H2OMojo, MLNet, RData, Onnx, TorchScript, TorchLite,
        TorchExport, TorchPickle, TorchLegacy, ExecuTorch, Safetensors, Gguf, Keras, KerasHdf5, KerasWeights, Hdf5,
        SavedModel, TensorFlowGraph, TensorFlowMetaGraph, TensorFlowCheckpoint, TensorFlowJs, TfLite, Transformers,
        CoreML, OpenVino, GitLfsPointer, Notebook, PythonSource, Html, Parquet, Arrow, NumPy, Csv, Json, Pdf, Zip,
        Tar, SevenZip, Directory, Unknown,
    ];

    /// <summary>Finds a format by its name; null when it is not among the known ones.</summary>
    public static ModelFormat? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.Ordinal));
    }
}
