using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Images;

/// <summary>Pictures of another size; with the aspect kept by cutting or by filling where that is asked for.</summary>
internal sealed class Resizing(LayerConfig config) : Layer(config with { CastsIntegers = false })
{
    public override bool DependsOnTraining => false;

    public override object Call(Lowering g, LayerCall call)
    {
        var x = call.Input(this);
        var type = x.Type;
        var method = Config.Text("interpolation") ?? "bilinear";
        var axis = x.Rank - (Config.Text("data_format") == "channels_first" ? 2 : 3);
        if (axis < 0)
        {
            throw KerasErrors.Invalid($"layer '{Name}' takes pictures");
        }

        var (height, width) = (Config.Integer("height"), Config.Integer("width"));
        var y = g.Cast(x, Config.ComputeType);
        if (Config.Flag("crop_to_aspect_ratio"))
        {
            y = CutToAspect(g, Config, y, axis, height, width);
        }
        else if (Config.Flag("pad_to_aspect_ratio"))
        {
            y = FillToAspect(g, Config, y, axis, height, width, Config.Number("fill_value", 0));
        }

        y = Interpolation.Resize(g, Config, y, axis + 1, width, method);
        y = Interpolation.Resize(g, Config, y, axis, height, method);

        // Keras 3 keeps whole numbers.
        return (Config.IsThird && type is not (OnnxElementType.Float16 or OnnxElementType.Float32 or OnnxElementType.Float64) ? g.Cast(g.Unary("Round", g.Clip(y, type == OnnxElementType.UInt8 ? 0 : null, type == OnnxElementType.UInt8 ? 255 : null)), type) : y) with { Declared = Config.DeclaredType };
    }

    /// <summary>The largest part in the middle that has the aspect of the target.</summary>
    public static Value CutToAspect(Lowering g, LayerConfig config, Value x, int axis, long height, long width)
    {
        var (h, w) = Known(config, x, axis);
        var cutHeight = Math.Min(h, (long)((double)(w * height) / width));
        var cutWidth = Math.Min(w, (long)((double)(h * width) / height));
        var (top, left) = ((h - cutHeight) / 2, (w - cutWidth) / 2);
        return g.Slice(g.Slice(x, axis, top, top + cutHeight), axis + 1, left, left + cutWidth);
    }

    /// <summary>The picture in the middle of one that has the aspect of the target.</summary>
    public static Value FillToAspect(Lowering g, LayerConfig config, Value x, int axis, long height, long width, double fill)
    {
        var (h, w) = Known(config, x, axis);
        var fullHeight = Math.Max(h, (long)((double)(w * height) / width));
        var fullWidth = Math.Max(w, (long)((double)(h * width) / height));
        var before = new long[x.Rank];
        var after = new long[x.Rank];
        (before[axis], before[axis + 1]) = ((fullHeight - h) / 2, (fullWidth - w) / 2);
        (after[axis], after[axis + 1]) = (fullHeight - h - before[axis], fullWidth - w - before[axis + 1]);
        return g.Pad(x, before, after, g.Scalar(fill, x.Type));
    }

    private static (long Height, long Width) Known(LayerConfig config, Value x, int axis) =>
        x.Shape[axis] > 0 && x.Shape[axis + 1] > 0 ? (x.Shape[axis], x.Shape[axis + 1]) : throw KerasErrors.Unsupported(config.Name, "keeps the aspect of pictures of no fixed size");
}
