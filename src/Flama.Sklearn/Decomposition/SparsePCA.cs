using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>Sparse principal components and their mini-batch form: the ridge regression of x − mean on the components, (x − mean)·Cᵀ (C Cᵀ + αI)⁻¹.</summary>
/// <remarks>
/// <c>inverse_transform</c> (since 1.2) is z·C + mean. Missing values are refused. Source: sklearn.decomposition._sparse_pca, checked against 1.2 (0.23, 1.4 and 1.9
/// compute the same).
/// </remarks>
internal sealed class SparsePCA : LinearReduction
{
    public SparsePCA(EstimatorState state)
        : base(state)
    {
        var components = Components(state, FeatureCount);
        FeatureCount ??= components.Columns;
        var alpha = state.Number("ridge_alpha", 0.01);
        var inner = components.Times(components.Transpose());
        for (var i = 0; i < inner.Rows; i++)
        {
            inner.Values[(i * inner.Columns) + i] += alpha;
        }

        var inverse = SquareMatrix.Invert(inner) ?? throw state.Unsupported("a transformation whose ridge regression is singular");
        Learn(
            components.Transpose().Times(inverse),
            Mean(state, components.Columns) ?? throw state.Fail("it has no mean"),
            state.Version.IsAtLeast(1, 2) ? components : null);
    }

    public override InputRule Input => InputRule.Numbers;

    public override InputRule InputOf(Method method) => InputRule.Numbers;
}
