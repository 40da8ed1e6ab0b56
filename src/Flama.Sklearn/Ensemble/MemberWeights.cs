using Flama.Pickle;

namespace Flama.Sklearn.Ensemble;

/// <summary>The weights of voters.</summary>
internal static class MemberWeights
{
    /// <summary>Reads <c>weights</c> without those of voters that were dropped; all 1 when there are none.</summary>
    /// <param name="state">The ensemble's attributes.</param>
    /// <param name="members">How many voters are left.</param>
    public static double[] Read(EstimatorState state, int members)
    {
        if (state.Value("weights") is null)
        {
            var ones = new double[members];
            ones.AsSpan().Fill(1);
            return ones;
        }

        var weights = state.Vector("weights");
        var estimators = state.List("estimators");
        if (weights.Length != estimators.Count)
        {
            throw state.Fail($"it has {weights.Length} weights for {estimators.Count} estimators");
        }

        double[] left = [.. weights.Where((_, i) => estimators[i] is not PickleTuple { Count: 2 } pair || pair[1] is not (null or "drop"))];
        return left.Length == members ? left : throw state.Fail($"it has {left.Length} weights for {members} fitted estimators");
    }
}
