using System.Runtime.InteropServices;
using Flama.Keras.Graphs;
using Flama.Keras.Hdf5;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>How many boundaries are not above a number.</summary>
internal sealed class Discretization : Layer
{
    private readonly Weight? summary;

    public Discretization(LayerConfig config)
        : base(config) => summary = config.Has("bin_boundaries") ? null : Declare(isTrainable: false);

    public override object Call(Lowering g, LayerCall call)
    {
        var x = g.Float(call.Input(this));
        var boundaries = summary is null ? [.. Config.Numbers("bin_boundaries")!.Select(number => (float)number)] : BoundariesOf(summary.Read());
        var above = g.Compare("GreaterOrEqual", g.Unsqueeze(x, -1), g.Cast(g.Constant<float>(boundaries, boundaries.Length), x.Type));
        var bins = g.Sum(g.Cast(above, OnnxElementType.Int64), false, -1);
        return Encoding.Encode(g, Config, g.Cast(bins, Config.IsThird && Config.Text("output_mode") is null or "int" ? OnnxElementType.Int32 : OnnxElementType.Int64), boundaries.Length + 1, OnnxElementType.Float32);
    }

    // Files of Keras 2 keep what was seen, values and how often, and not the boundaries: those part it into as many bins of equal weight.
    private float[] BoundariesOf(HdfArray array)
    {
        if (array.Type is not { Kind: HdfKind.Float, Size: 4 } || array.Shape is not [2, > 0 and var count] || Config.Integer("num_bins") is not (> 0 and < 100_000 and var bins))
        {
            throw Config.Missing("bin_boundaries");
        }

        var all = MemoryMarshal.Cast<byte, float>(array.Data.Span);
        var values = all[..(int)count].ToArray();
        var weights = all[(int)count..];
        if (count < bins)
        {
            return values[..^1];
        }

        var shares = new double[count];
        var sum = 0f;
        for (var i = 0; i < count; i++)
        {
            shares[i] = sum += weights[i];
        }

        return [.. Enumerable.Range(1, (int)bins - 1).Select(i => (float)At((double)i / bins * sum))];

        // The value at a share of the weight, on a line between the two nearest.
        double At(double share)
        {
            var right = Array.FindIndex(shares, weight => weight >= share);
            return right <= 0 ? values[right < 0 ? ^1 : 0] : values[right - 1] + ((values[right] - (double)values[right - 1]) * (share - shares[right - 1]) / (shares[right] - shares[right - 1]));
        }
    }
}
