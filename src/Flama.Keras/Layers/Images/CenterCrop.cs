using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Images;

/// <summary>The middle of a picture; one that is smaller is cut to the aspect and made larger. RandomCrop is one at inference in Keras 2, and nothing in Keras 3.</summary>
internal sealed class CenterCrop(LayerConfig config) : ValueLayer(config)
{
    private bool IsRandom => Config.ClassName == "RandomCrop";

    public override bool DependsOnTraining => IsRandom && !Config.IsThird;

    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        // Keras 3 crops in training alone; Keras 2 resizes what is left of the aspect.
        if (IsRandom && Config.IsThird)
        {
            return x;
        }

        var axis = x.Rank - (Config.Text("data_format") == "channels_first" ? 2 : 3);
        var (height, width) = (Config.Integer("height"), Config.Integer("width"));
        if (axis < 0 || x.Shape[axis] <= 0 || x.Shape[axis + 1] <= 0)
        {
            throw KerasErrors.Unsupported(Name, "crops pictures of no fixed size");
        }

        if (!IsRandom && x.Shape[axis] >= height && x.Shape[axis + 1] >= width)
        {
            var (top, left) = ((x.Shape[axis] - height) / 2, (x.Shape[axis + 1] - width) / 2);
            return g.Slice(g.Slice(x, axis, top, top + height), axis + 1, left, left + width);
        }

        var y = Resizing.CutToAspect(g, Config, x, axis, height, width);
        return Interpolation.Resize(g, Config, Interpolation.Resize(g, Config, y, axis, height, "bilinear"), axis + 1, width, "bilinear");
    }
}
