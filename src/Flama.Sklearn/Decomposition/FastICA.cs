namespace Flama.Sklearn.Decomposition;

/// <summary>Independent components: (x − mean)·componentsᵀ; <c>inverse_transform</c> is z·mixingᵀ + mean.</summary>
/// <remarks>Without whitening nothing is subtracted. Missing values are refused. Source: sklearn.decomposition._fastica, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class FastICA : LinearReduction
{
    public FastICA(EstimatorState state)
        : base(state)
    {
        var components = Components(state, FeatureCount);
        FeatureCount ??= components.Columns;
        var isWhite = state.Value("_whiten") ?? state.Value("whiten");
        Learn(
            components.Transpose(),
            isWhite is false or null ? null : Mean(state, components.Columns),
            state.Matrix("mixing_", components.Columns, components.Rows).Transpose());
    }

    public override bool TakesSparse => false;

    public override InputRule InputOf(Method method) => InputRule.Floats;
}
