namespace Flama.Sklearn.Ensemble;

/// <summary>What cells a boosted ensemble takes: finite ones that its members take.</summary>
internal static class AdaBoostRule
{
    /// <summary>The rule for members like this one.</summary>
    public static InputRule For(Estimator member) =>
        member.Input.TakesText ? InputRule.Anything : member.Input with { TakesMissing = false, TakesInfinity = false };

    /// <summary>Reads <c>estimator_weights_</c>, of which there may be more than members where boosting ended early.</summary>
    public static double[] Weights(EstimatorState state, int members)
    {
        var weights = state.Vector("estimator_weights_");
        return weights.Length >= members ? weights : throw state.Fail($"it has {weights.Length} weights for {members} members");
    }
}
