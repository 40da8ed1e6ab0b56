namespace Flama.Sklearn.CrossDecomposition;

/// <summary>The projection ((x − mean) / deviation)·x_weights_ on the singular vectors of the covariances between rows and targets.</summary>
/// <remarks>Missing values are refused. Source: sklearn.cross_decomposition._pls, checked against 1.2 (0.23, 1.4 and 1.9 compute the same).</remarks>
internal sealed class PLSSVD : Transformer
{
    private readonly StandardizedMap map;
    private readonly int width;

    public PLSSVD(EstimatorState state)
        : base(state)
    {
        var weights = state.Matrix("x_weights_");
        FeatureCount ??= weights.Rows;
        if (weights.Rows != FeatureCount)
        {
            throw state.Fail($"its attribute 'x_weights_' has {weights.Rows} rows and it takes {FeatureCount} features");
        }

        width = weights.Columns;
        map = new StandardizedMap(
            weights, new double[width], StandardizedMap.Mean(state, weights.Rows), StandardizedMap.Deviation(state, weights.Rows));
    }

    public override InputRule Input => InputRule.Floats;

    public override int Width(int columns) => width;

    protected override void Transform(FeatureBatch input, OutputSlice output) => map.Apply(input, output);
}
