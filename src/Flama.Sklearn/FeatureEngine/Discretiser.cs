namespace Flama.Sklearn.FeatureEngine;

/// <summary>Replaces each number of a variable by the number of the interval that it is in.</summary>
/// <remarks>
/// Intervals are open at the left and closed at the right, the first closed at both ends; what is in none gives NaN. Boundaries as text are refused.
/// Source: feature_engine.discretisation, checked against 1.9.4.
/// </remarks>
internal sealed class Discretiser : FeatureTransformer
{
    public Discretiser(EstimatorState state)
        : base(state)
    {
        if (state.Flag("return_boundaries", false))
        {
            throw state.Unsupported("return_boundaries=True (intervals as text)");
        }

        var refusesGaps = state.Value("errors") is "raise";
        var edges = ByColumn(state, "binner_dict_").ToDictionary(entry => entry.Key, entry => state.AsVector(entry.Value, "binner_dict_"));
        Outputs =
        [
            .. InPlace(i => !edges.TryGetValue(i, out var bins) ? null : new NumberColumn(i, Labels.NameOf(i), number => Find(bins, number))
            {
                Takes = refusesGaps ? number => !double.IsNaN(Find(bins, number)) : null,
                Range = "within the intervals of training",
            }),
        ];
    }

    /// <summary>The interval of a number; NaN when it is in none.</summary>
    internal static double Find(double[] edges, double number)
    {
        var (low, high) = (0, edges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = edges[middle] < number ? (middle + 1, high) : (low, middle);
        }

        if (low == 0 && edges.Length > 0 && edges[0] == number)
        {
            low = 1;
        }

        return low == 0 || low == edges.Length ? double.NaN : low - 1;
    }
}
