using System.IO.Compression;
using System.Text;
using Flama.Keras.Tests.Golden;
using Flama.Packaging;
using PureHDF;

namespace Flama.Keras.Tests.Made;

/// <summary>Files of Keras 3 that a test makes, and what they answer.</summary>
internal static class MadeKeras
{
    /// <summary>A Sequential model: an input, then layers in JSON.</summary>
    public static string Sequential(string shape, params string[] layers) => $$"""
        {"module": "keras", "class_name": "Sequential", "registered_name": "Sequential", "config": {"name": "sequential", "layers": [{{Input("x", shape)}}, {{string.Join(", ", layers)}}] } }
        """;

    /// <summary>A Functional model: layers in JSON, and the name of the one whose output is the model's.</summary>
    public static string Functional(string output, string[] inputs, params string[] layers) => $$"""
        {"module": "keras", "class_name": "Functional", "registered_name": "Functional", "config": {"name": "functional", "layers": [{{string.Join(", ", layers)}}],
         "input_layers": [{{string.Join(", ", inputs.Select(input => $"[\"{input}\", 0, 0]"))}}], "output_layers": [["{{output}}", 0, 0]] } }
        """;

    public static string Input(string name, string shape, string type = "float32") =>
        $$"""{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": {{shape}}, "dtype": "{{type}}", "name": "{{name}}"}, "name": "{{name}}", "inbound_nodes": []}""";

    /// <summary>A layer; its calls are the arguments in JSON, none in a Sequential model.</summary>
    public static string Layer(string className, string config, string? arguments = null, string keywords = "{}", string module = "keras.layers")
    {
        var name = className.ToLowerInvariant();
        var nodes = arguments is null ? "[]" : $$"""[{"args": {{arguments}}, "kwargs": {{keywords}}}]""";
        return $$"""{"module": "{{module}}", "class_name": "{{className}}", "config": {{config}}, "registered_name": "{{className}}", "name": "{{name}}", "inbound_nodes": {{nodes}}}""";
    }

    /// <summary>An operation of keras.ops.</summary>
    public static string Operation(string className, string config, string arguments) => Layer(className, config, arguments, module: "keras.src.ops");

    /// <summary>What a call of a layer is referred to as.</summary>
    public static string Tensor(string layer) => $$"""{"class_name": "__keras_tensor__", "config": {"shape": [null], "dtype": "float32", "keras_history": ["{{layer}}", 0, 0] } }""";

    /// <summary>The file.</summary>
    public static byte[] Archive(string config, byte[]? weights = null, params (string Name, byte[] Content)[] others)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in (IEnumerable<(string, byte[])>)[("config.json", Encoding.UTF8.GetBytes(config)), ("model.weights.h5", weights ?? Weights()), .. others])
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A file of weights: arrays by their path.</summary>
    public static byte[] Weights(params (string Path, object Array)[] weights)
    {
        H5File file = [];
        foreach (var (path, array) in weights)
        {
            H5Group place = file;
            var parts = path.Split('/');
            foreach (var part in parts[..^1])
            {
                if (!place.TryGetValue(part, out var next))
                {
                    place[part] = next = new H5Group();
                }

                place = (H5Group)next;
            }

            place[parts[^1]] = array;
        }

        using MemoryStream stream = new();
        file.Write(stream);
        return stream.ToArray();
    }

    /// <summary>Loads a file.</summary>
    public static Model Load(byte[] bytes, string name = "made.keras")
    {
        KerasEngines engines = new();
        using var package = ModelPackage.Open(bytes, name);
        return engines.Table.Load(package.ReadModel());
    }

    /// <summary>What a file answers for one input.</summary>
    public static double[] Answer(byte[] bytes, ModelTensor input) => Answer(bytes, [input]);

    /// <summary>What a file answers for several inputs, in its order.</summary>
    public static double[] Answer(byte[] bytes, ModelTensor[] inputs)
    {
        using var model = Load(bytes);
        var names = ((TensorsSpec)model.GetMethod(ModelMethod.Predict).Input).Tensors;
        using TensorInputs given = new([.. inputs.Select((input, i) => KeyValuePair.Create(names[i].Name, input))]);
        using var output = model.Predict(given);
        return GoldenTensor.Numbers((ModelTensor)output.First);
    }

    /// <summary>The refusal of a file.</summary>
    public static FlamaException Refusal(byte[] bytes, string name = "made.keras") => Assert.Throws<FlamaException>(() => Load(bytes, name).Dispose());
}
