using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>Which class raw scores mean where probabilities decide, as they did until 1.3: scores a hair apart give the same probability, and then the first class wins.</summary>
internal static class BoostedChoice
{
    // Scores further apart than this give different probabilities.
    private const double Hair = 1e-15;

    /// <summary>The position of the class of one row.</summary>
    /// <param name="scores">One for two classes, else one per class; changed where probabilities had to be computed.</param>
    public static int Of(Span<double> scores)
    {
        if (scores.Length == 1)
        {
            return scores[0] > Hair || Expit.Of(scores[0]) > 0.5 ? 1 : 0;
        }

        var best = Largest(scores);
        for (var i = 0; i < best; i++)
        {
            if (scores[best] - scores[i] < Hair)
            {
                Softmax.Rows(new OutputSlice(scores, scores.Length));
                return Largest(scores);
            }
        }

        return best;
    }

    private static int Largest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }
}
