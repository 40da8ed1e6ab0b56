namespace Flama;

/// <summary>The formats that are known: those that engines load, and those that are told by name so that a message gives the way out.</summary>
public static partial class ModelFormats
{
    private const string DumpIt = "save it with joblib.dump(model, 'model.joblib').";

    private const string PickleEngine = "Add the scikit-learn engine to the table of engines.";

    private const string BoosterEngine = "Add the engine for boosters to the table of engines.";

    private const string OtherLibrary =
        "Models of this library cannot be served. Train the model with scikit-learn, XGBoost or LightGBM, and save it with joblib.dump.";

    private const string DataRemedy = "This is data. Give the model first: flama model MODEL predict --input FILE";

    private const string NameTheModel = "Unpack it and give the path of the model file in it.";

    /// <summary>All formats, in the order of their declaration.</summary>
    public static IReadOnlyList<ModelFormat> All => Table.Formats;

    /// <summary>Finds a format by its name; null when it is not among the known ones.</summary>
    public static ModelFormat? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.Ordinal));
    }

    // A type of its own, because the fields of several files are set in no certain order.
    private static class Table
    {
        public static readonly IReadOnlyList<ModelFormat> Formats =
        [
            Pickle, Joblib, Skops, XGBoostJson, XGBoostUbjson, XGBoostBinary, XGBoostDump, LightGbmText, LightGbmJson,
            CatBoostBinary, CatBoostJson, Pmml, Mlflow, SparkMl, H2OMojo, MLNet, RData, Onnx, TorchScript, TorchScript10, TorchLite,
            TorchExport, TorchAot, TorchPickle, TorchLegacy, ExecuTorch, Safetensors, Gguf, Keras, KerasHdf5, KerasWeights, KerasConfig,
            Hdf5, SavedModel, TensorFlowGraph, TensorFlowMetaGraph, TensorFlowCheckpoint, TensorFlowJs, TfLite, Transformers,
            CoreML, OpenVino, GitLfsPointer, Notebook, PythonSource, Html, Parquet, Arrow, NumPy, Csv, Excel, Json, Pdf, Zip,
            Tar, SevenZip, Compressed, Directory, Unknown,
        ];
    }
}
