using Flama.Keras.Graphs;
using Flama.Keras.Layers.Normalizations;

namespace Flama.Keras.Layers.Merging;

/// <summary>Products summed along an axis of each of two tensors; of normalised vectors it is the cosine.</summary>
internal sealed class Dot(LayerConfig config) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call)
    {
        if (call.Values(this) is not [var a, var b] || Config.Integers("axes") is not { Length: 1 or 2 } axes)
        {
            throw Config.Missing("axes");
        }

        var (left, right) = (Computed(g, a), Computed(g, b));
        var (leftAxis, rightAxis) = (left.Axis(axes[0]), right.Axis(axes[^1]));
        if (Config.Flag("normalize"))
        {
            left = UnitNormalization.Normalize(g, left, leftAxis);
            right = UnitNormalization.Normalize(g, right, rightAxis);
        }

        if (left.Rank == 2 && right.Rank == 2)
        {
            return g.Sum(g.Times(left, right), true, 1);
        }

        // Letters: the batch, those of the left, those of the right, the one that is summed.
        const string Letters = "acdefghijklmnopqrstuvwxy";
        var next = 0;
        var output = "b";
        var terms = new string[2];
        foreach (var (value, axis, i) in new[] { (left, leftAxis, 0), (right, rightAxis, 1) })
        {
            terms[i] = "b";
            for (var j = 1; j < value.Rank; j++)
            {
                var letter = j == axis ? 'z' : Letters[next++];
                terms[i] += letter;
                output += j == axis ? "" : letter;
            }
        }

        return g.Einsum($"{terms[0]},{terms[1]}->{output}", left, right);
    }
}
