namespace Flama.Sklearn.Decomposition;

/// <summary>Truncated singular value decomposition: x·componentsᵀ, sparse rows as they are; <c>inverse_transform</c> is z·components.</summary>
/// <remarks>Missing values are refused. Source: sklearn.decomposition._truncated_svd, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class TruncatedSVD : LinearReduction
{
    public TruncatedSVD(EstimatorState state)
        : base(state)
    {
        var components = Components(state, FeatureCount);
        FeatureCount ??= components.Columns;
        Learn(components.Transpose(), null, components);
    }

    public override InputRule Input => InputRule.Numbers;

    public override InputRule InputOf(Method method) => InputRule.Numbers;
}
