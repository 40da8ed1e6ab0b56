using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>Where the windows of a convolution or a pooling lie: sizes, steps, gaps, padding. Immutable.</summary>
internal sealed class Windows
{
    private readonly LayerConfig config;
    private readonly string padding;

    public Windows(LayerConfig config, int rank, string sizes, string? defaultPadding = null)
    {
        this.config = config;
        Rank = rank;
        Sizes = config.Each(sizes, rank, 2);
        Strides = config.Each("strides", rank, 1);
        Gaps = config.Each("dilation_rate", rank, 1);
        padding = config.Text("padding") ?? defaultPadding ?? "valid";
        IsFirst = config.Text("data_format") == "channels_first";
        foreach (var number in (long[])[.. Sizes, .. Strides, .. Gaps])
        {
            if (number is < 1 or > int.MaxValue)
            {
                throw config.Missing(sizes);
            }
        }

        if (padding is not ("valid" or "same" or "causal"))
        {
            throw KerasErrors.Unsupported(config.Name, $"has padding '{padding}'");
        }
    }

    /// <summary>How many dimensions windows have.</summary>
    public int Rank { get; }

    public long[] Sizes { get; }

    public long[] Strides { get; init; }

    public long[] Gaps { get; }

    /// <summary>Whether channels stand before the dimensions of windows, as ONNX has them.</summary>
    public bool IsFirst { get; }

    /// <summary>Whether windows go over the border.</summary>
    public bool IsSame => padding == "same";

    /// <summary>Channels to the front.</summary>
    public Value ToFirst(Lowering g, Value x)
    {
        if (x.Rank != Rank + 2)
        {
            throw KerasErrors.Invalid($"layer '{config.Name}' takes {Rank + 2} dimensions, not {x.Rank}");
        }

        return IsFirst ? x : g.Transpose(x, [0, Rank + 1, .. Enumerable.Range(1, Rank)]);
    }

    /// <summary>Channels back to where the model has them.</summary>
    public Value FromFirst(Lowering g, Value y) => IsFirst ? y : g.Transpose(y, [0, .. Enumerable.Range(2, Rank), 1]);

    /// <summary>The attributes that tell the runtime where windows are.</summary>
    /// <param name="x">The input, channels first.</param>
    /// <param name="withGaps">Whether the operator knows gaps.</param>
    public List<OnnxAttribute> Attributes(Value x, bool withGaps = true)
    {
        List<OnnxAttribute> attributes = [OnnxAttribute.Of("kernel_shape", Sizes), OnnxAttribute.Of("strides", Strides)];
        if (withGaps)
        {
            attributes.Add(OnnxAttribute.Of("dilations", Gaps));
        }

        if (padding == "causal")
        {
            attributes.Add(OnnxAttribute.Of("pads", (IReadOnlyList<long>)[.. Enumerable.Range(0, Rank).Select(i => (Sizes[i] - 1) * Gaps[i]), .. new long[Rank]]));
        }
        else if (IsSame)
        {
            // What depends on a length that is not known is left to the runtime.
            if (Enumerable.Range(0, Rank).Any(i => x.Shape[i + 2] < 0 && Strides[i] > 1))
            {
                attributes.Add(OnnxAttribute.Of("auto_pad", "SAME_UPPER"));
            }
            else
            {
                var total = Enumerable.Range(0, Rank).Select(i => TotalPad(x.Shape[i + 2], i)).ToArray();
                attributes.Add(OnnxAttribute.Of("pads", (IReadOnlyList<long>)[.. total.Select(pad => pad / 2), .. total.Select(pad => pad - (pad / 2))]));
            }
        }

        return attributes;
    }

    /// <summary>The lengths of the output along the windows' dimensions.</summary>
    public long[] LengthsOf(Value x) => [.. Enumerable.Range(0, Rank).Select(i => LengthOf(x.Shape[i + 2], i))];

    private long LengthOf(long length, int i)
    {
        if (length < 0)
        {
            return -1;
        }

        var result = padding is "same" ? (length + Strides[i] - 1) / Strides[i]
            : padding is "causal" ? ((length - 1) / Strides[i]) + 1
            : ((length - ((Sizes[i] - 1) * Gaps[i]) - 1) / Strides[i]) + 1;
        return result >= 1 ? result : throw KerasErrors.Invalid($"layer '{config.Name}' has windows larger than its input");
    }

    private long TotalPad(long length, int i)
    {
        var extent = ((Sizes[i] - 1) * Gaps[i]) + 1;
        return length < 0 ? extent - 1 : Math.Max(0, ((((length + Strides[i] - 1) / Strides[i]) - 1) * Strides[i]) + extent - length);
    }
}
