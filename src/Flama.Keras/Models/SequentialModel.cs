using System.Text.Json;
using Flama.Keras.Graphs;
using Flama.Keras.Layers;
using Flama.Keras.Layers.Core;

namespace Flama.Keras.Models;

/// <summary>A model of layers one after another; also as a layer of another model.</summary>
internal sealed class SequentialModel : Layer
{
    private const int MaxLayers = 20_000;

    private readonly List<Layer> layers = [];

    public SequentialModel(LayerConfig config)
        : base(config)
    {
        if (config.Find("layers") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is 0 or > MaxLayers)
        {
            throw config.Missing("layers");
        }

        LayerPaths paths = new();
        foreach (var spec in list.EnumerateArray())
        {
            var layer = LayerFactory.Create(spec, config.File, config.Depth + 1);
            layers.Add(Part(paths.Next(layer), layer));
        }
    }

    /// <summary>What it takes: name, type as Keras names it, shape with the batch.</summary>
    public (string Name, string Type, long[] Shape) Takes => layers[0] switch
    {
        InputLayer input => (input.Name, input.Type, input.Shape),
        FunctionalModel { Inputs: [var input] } => (input.Name, input.Type, input.Shape),
        SequentialModel inner => inner.Takes,
        var first => (
            $"{first.Name}_input",
            first is Embedding ? "float32" : first.Config.TypeName is var type && type is "string" or "int32" or "int64" ? type : "float32",
            InputLayer.ShapeOf(first.Config) ?? BuiltShape() ?? throw KerasErrors.Unsupported(Name, "was saved before it was built and has no input shape")),
    };

    /// <inheritdoc/>
    public override object Call(Lowering g, LayerCall call)
    {
        object x = call.Input(this) is var input && call.Mask(input) is { } mask ? input with { Mask = mask } : input;
        for (var i = 0; i < layers.Count; i++)
        {
            x = layers[i].Call(g, x is Value one ? LayerCall.Of(one) : throw KerasErrors.Unsupported(layers[i - 1].Name, "has several outputs inside a Sequential model"));
        }

        return x;
    }

    private long[]? BuiltShape()
    {
        if (Config.Integers("build_input_shape") is { } own)
        {
            return own;
        }

        return Config.Build.ValueKind == JsonValueKind.Object && Config.Build.TryGetProperty("input_shape", out var shape) && shape.ValueKind == JsonValueKind.Array
            ? [.. shape.EnumerateArray().Select(length => length.ValueKind == JsonValueKind.Number && length.TryGetInt64(out var known) ? known : -1)]
            : null;
    }
}
