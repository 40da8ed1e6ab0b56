using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Svm;

/// <summary>libsvm's decisions for each pair of classes i before j, pairs in the order (0,1), (0,2), …, (1,2), ….</summary>
/// <remarks>
/// Support vectors lie class by class; vector s of class i has one coefficient for each other class. The attributes with the leading underscore
/// are libsvm's own; the public ones have the sign turned for two classes.
/// </remarks>
internal sealed class SvmPairs
{
    private readonly int classes;
    private readonly int[] start;
    private readonly Matrix coefficients;
    private readonly double[] intercepts;

    public SvmPairs(EstimatorState state, int classes, int vectors)
    {
        this.classes = classes;
        if (classes < 2)
        {
            throw state.Fail($"it has {classes} classes, expected 2 or more");
        }

        var counts = state.Integers(state.FirstOf("_n_support", "n_support_"));
        if (counts.Length < classes || counts.Any(count => count < 0) || counts.Take(classes).Sum(count => (long)count) != vectors)
        {
            throw state.Fail($"its support vectors per class ({string.Join(", ", counts)}) do not add up to {vectors}");
        }

        start = new int[classes + 1];
        for (var i = 0; i < classes; i++)
        {
            start[i + 1] = start[i] + counts[i];
        }

        coefficients = state.Matrix("_dual_coef_", classes - 1, vectors);
        intercepts = state.Vector("_intercept_", classes * (classes - 1) / 2);
    }

    /// <summary>The number of pairs.</summary>
    public int Count => intercepts.Length;

    /// <summary>Computes the decision of each pair: above 0 for its first class.</summary>
    /// <param name="kernels">The kernel with each support vector.</param>
    /// <param name="decisions"><see cref="Count"/> numbers.</param>
    public void Decide(ReadOnlySpan<double> kernels, Span<double> decisions)
    {
        var pair = 0;
        for (var i = 0; i < classes; i++)
        {
            for (var j = i + 1; j < classes; j++)
            {
                var first = DotProduct.Of(Part(j - 1, i), kernels[start[i]..start[i + 1]]);
                var second = DotProduct.Of(Part(i, j), kernels[start[j]..start[j + 1]]);
                decisions[pair] = first + second + intercepts[pair];
                pair++;
            }
        }
    }

    /// <summary>Counts each pair's winner.</summary>
    public void Vote(ReadOnlySpan<double> decisions, Span<double> votes)
    {
        votes.Clear();
        var pair = 0;
        for (var i = 0; i < classes; i++)
        {
            for (var j = i + 1; j < classes; j++)
            {
                votes[decisions[pair++] > 0 ? i : j]++;
            }
        }
    }

    /// <summary>Votes plus a confidence between −⅓ and ⅓ that orders equal votes: scikit-learn's 'ovr' shape.</summary>
    public void ToOneVersusRest(ReadOnlySpan<double> decisions, Span<double> scores)
    {
        Span<double> confidence = classes <= 64 ? stackalloc double[64] : new double[classes];
        confidence.Clear();
        scores.Clear();
        var pair = 0;
        for (var i = 0; i < classes; i++)
        {
            for (var j = i + 1; j < classes; j++)
            {
                // A decision of exactly 0 counts for the first class here and for the second in Vote, as in Python.
                confidence[i] += decisions[pair];
                confidence[j] -= decisions[pair];
                scores[decisions[pair] < 0 ? j : i]++;
                pair++;
            }
        }

        for (var i = 0; i < classes; i++)
        {
            scores[i] += confidence[i] / (3 * (Math.Abs(confidence[i]) + 1));
        }
    }

    private ReadOnlySpan<double> Part(int row, int @class) => coefficients.Row(row)[start[@class]..start[@class + 1]];
}
