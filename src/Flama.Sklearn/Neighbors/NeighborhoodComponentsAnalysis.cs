using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Neighborhood components analysis: the learnt linear map x · componentsᵀ.</summary>
/// <remarks>Missing values are refused. Source: sklearn.neighbors._nca, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class NeighborhoodComponentsAnalysis : Transformer
{
    private readonly AffineMap map;

    public NeighborhoodComponentsAnalysis(EstimatorState state)
        : base(state)
    {
        var components = FeatureCount is { } columns ? state.Matrix("components_", columns) : state.Matrix("components_");
        FeatureCount ??= components.Columns;
        map = new AffineMap(components.Transpose(), new double[components.Rows]);
    }

    public override int Width(int columns) => map.Outputs;

    protected override void Transform(FeatureBatch input, OutputSlice output) => map.Apply(input.Numbers, output);
}
