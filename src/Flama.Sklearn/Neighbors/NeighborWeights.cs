namespace Flama.Sklearn.Neighbors;

/// <summary>How much each neighbor counts.</summary>
internal static class NeighborWeights
{
    /// <summary>Reads <c>weights</c>: true for 'distance', false for 'uniform' or None.</summary>
    public static bool ByDistance(EstimatorState state) => state.Value("weights") switch
    {
        null => false,
        string => state.Choice("weights", "uniform", "distance") == "distance",
        _ => throw state.Unsupported("a weight function of the user's"),
    };

    /// <summary>Replaces distances by weights: 1 each, or 1/d; where 1/d is infinite, those at d = 0 count 1 and the others nothing.</summary>
    public static void Apply(Span<double> distances, bool byDistance)
    {
        if (!byDistance)
        {
            distances.Fill(1);
            return;
        }

        var isInfinite = false;
        foreach (ref var distance in distances)
        {
            distance = 1 / distance;
            isInfinite |= double.IsInfinity(distance);
        }

        for (var i = 0; isInfinite && i < distances.Length; i++)
        {
            distances[i] = double.IsInfinity(distances[i]) ? 1 : 0;
        }
    }
}
