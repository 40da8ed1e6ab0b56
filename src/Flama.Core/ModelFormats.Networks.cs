namespace Flama;

/// <content>Models of tensors: ONNX, PyTorch, Keras, TensorFlow, and their like.</content>
public static partial class ModelFormats
{
    private const string Torch = "Add the package Flama.Torch and its engine to the table of engines: engines.AddTorch().";
    private const string AddKeras = "Add the package Flama.Keras and its engine to the table of engines: engines.AddKeras().";
    private const string SaveTorch =
        "Load it in Python and save a program: torch.jit.script(model.eval()).save('model.pt'), or "
        + "torch.export.save(torch.export.export(model.eval(), (example,)), 'model.pt2').";

    private const string SaveTensorFlow = "Save the model that it was made from: model.save('model.keras'), or model.export('model').";

    /// <summary>An ONNX model.</summary>
    public static readonly ModelFormat Onnx = new("onnx", "an ONNX model")
    {
        Framework = "onnx",
        Remedy = "Add the package Flama.Onnx and its engine to the table of engines: engines.AddOnnx().",
    };

    /// <summary>A zip archive of <c>torch.jit.save</c>.</summary>
    public static readonly ModelFormat TorchScript = new("torchscript", "a TorchScript archive of PyTorch")
    {
        Framework = "torch",
        Remedy = Torch,
    };

    /// <summary>The archive of <c>torch.jit.save</c> before PyTorch 1.2: <c>model.json</c> and <c>tensors</c>.</summary>
    public static readonly ModelFormat TorchScript10 = new("torchscript-old", "a TorchScript archive of PyTorch 1.0 or 1.1")
    {
        Framework = "torch",
        Remedy = "Load it with PyTorch 1.2 to 2.x and save it again with torch.jit.save: torch.jit.load('model.pt').save('model.pt').",
    };

    /// <summary>A TorchScript archive for the lite interpreter.</summary>
    public static readonly ModelFormat TorchLite = new("torch-lite", "a PyTorch model for mobile devices (the lite interpreter, .ptl)")
    {
        Framework = "torch",
        Remedy = SaveTorch,
    };

    /// <summary>A zip archive of <c>torch.export.save</c>.</summary>
    public static readonly ModelFormat TorchExport = new("torch-export", "an exported program of PyTorch (.pt2)")
    {
        Framework = "torch",
        Remedy = Torch,
    };

    /// <summary>A package of AOTInductor.</summary>
    public static readonly ModelFormat TorchAot = new("torch-aot", "an AOTInductor package of PyTorch: machine code for one kind of computer")
    {
        Framework = "torch",
        Remedy = "Save the program that it was compiled from: torch.export.save(program, 'model.pt2').",
    };

    /// <summary>A zip archive of <c>torch.save</c>: a state dict, a checkpoint or a whole module.</summary>
    public static readonly ModelFormat TorchPickle = new("torch-pickle", "a file of torch.save, which holds weights or Python objects but no program")
    {
        Framework = "torch",
        Remedy = SaveTorch,
    };

    /// <summary>A file of <c>torch.save</c> before 1.6: stacked pickles, or a tar archive.</summary>
    public static readonly ModelFormat TorchLegacy = new("torch-legacy", "a file of torch.save from before PyTorch 1.6 (stacked pickles, or a tar archive), which holds weights or Python objects but no program")
    {
        Framework = "torch",
        Remedy = SaveTorch,
    };

    /// <summary>A program for ExecuTorch.</summary>
    public static readonly ModelFormat ExecuTorch = new("executorch", "an ExecuTorch program (.pte)")
    {
        Framework = "torch",
        Remedy = SaveTorch,
    };

    /// <summary>Named tensors of safetensors.</summary>
    public static readonly ModelFormat Safetensors = new("safetensors", "a safetensors file: weights without a program")
    {
        Framework = "transformers",
        Remedy = $"Weights alone cannot be served. {SaveTorch}",
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
        Remedy = AddKeras,
    };

    /// <summary>A whole model of Keras in HDF5.</summary>
    public static readonly ModelFormat KerasHdf5 = new("keras-hdf5", "a Keras model in HDF5 (.h5)")
    {
        Framework = "keras",
        Remedy = AddKeras,
    };

    /// <summary>Weights of Keras in HDF5, without a configuration.</summary>
    public static readonly ModelFormat KerasWeights = new("keras-weights", "Keras weights in HDF5, without the model's layers")
    {
        Framework = "keras",
        Remedy = "Save the whole model: model.save('model.keras').",
    };

    /// <summary>What <c>model.to_json</c> of Keras gives.</summary>
    public static readonly ModelFormat KerasConfig = new("keras-config", "the layers of a Keras model in JSON, without weights")
    {
        Framework = "keras",
        Remedy = "Save the whole model: model.save('model.keras').",
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
        Remedy = AddKeras,
    };

    /// <summary>A <c>GraphDef</c> of TensorFlow.</summary>
    public static readonly ModelFormat TensorFlowGraph = new("tensorflow-graph", "a frozen graph of TensorFlow 1 (.pb)")
    {
        Framework = "tensorflow",
        Remedy = AddKeras,
    };

    /// <summary>A <c>MetaGraphDef</c> (<c>.meta</c>).</summary>
    public static readonly ModelFormat TensorFlowMetaGraph = new("tensorflow-metagraph", "a meta graph of TensorFlow, without its variables")
    {
        Framework = "tensorflow",
        Remedy = "Save the model as a SavedModel: model.export('model').",
    };

    /// <summary>A checkpoint of TensorFlow.</summary>
    public static readonly ModelFormat TensorFlowCheckpoint = new("tensorflow-checkpoint", "a TensorFlow checkpoint: weights without a program")
    {
        Framework = "tensorflow",
        Remedy = "Save the whole model: model.save('model.keras').",
    };

    /// <summary>A <c>model.json</c> of TensorFlow.js.</summary>
    public static readonly ModelFormat TensorFlowJs = new("tensorflow-js", "a TensorFlow.js model")
    {
        Framework = "tensorflow",
        Remedy = SaveTensorFlow,
    };

    /// <summary>A FlatBuffer of TensorFlow Lite.</summary>
    public static readonly ModelFormat TfLite = new("tflite", "a TensorFlow Lite model")
    {
        Framework = "tensorflow",
        Remedy = SaveTensorFlow,
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
        Remedy = "Export the model that it was made from to ONNX.",
    };

    /// <summary>The XML half of an OpenVINO model.</summary>
    public static readonly ModelFormat OpenVino = new("openvino", "an OpenVINO network")
    {
        Framework = "openvino",
        Remedy = "Export the model that it was made from to ONNX.",
    };
}
