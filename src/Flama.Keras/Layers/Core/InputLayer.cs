using System.Text.Json;
using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Core;

/// <summary>Where a model takes an input.</summary>
internal sealed class InputLayer : Layer
{
    private const int MaxRank = 16;

    public InputLayer(LayerConfig config)
        : base(config)
    {
        foreach (var kind in new[] { "sparse", "ragged" })
        {
            if (config.Flag(kind))
            {
                throw KerasErrors.Input(config.Name, kind);
            }
        }
    }

    /// <summary>The shape with the batch; -1 for lengths that are not fixed.</summary>
    public long[] Shape => ShapeOf(Config) ?? throw Config.Missing("batch_shape");

    /// <summary>The type of the elements, as Keras names it.</summary>
    public string Type => Config.TypeName;

    /// <summary>The shape that a layer was given for its input; null for none.</summary>
    public static long[]? ShapeOf(LayerConfig config)
    {
        var shape = config.Find("batch_shape") ?? config.Find("batch_input_shape");
        return shape is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() <= MaxRank
            ? [.. list.EnumerateArray().Select(length => length.ValueKind == JsonValueKind.Number && length.TryGetInt64(out var known) && known >= 0 ? known : -1)]
            : null;
    }

    public override object Call(Lowering g, LayerCall call) => call.Input(this);
}
