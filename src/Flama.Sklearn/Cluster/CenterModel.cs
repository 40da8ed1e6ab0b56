namespace Flama.Sklearn.Cluster;

/// <summary>A clustering whose <c>predict</c> looks for the nearest of some centres and whose <c>transform</c>, where there is one, gives the distances to all.</summary>
internal abstract class CenterModel : Estimator
{
    private static readonly Method[] PredictOnly = [Method.Predict];
    private static readonly Method[] Both = [Method.Predict, Method.Transform];

    /// <summary>Reads the centres.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="attribute">The attribute that has them, one per row.</param>
    /// <param name="hasTransform">Whether there is <c>transform</c>.</param>
    protected CenterModel(EstimatorState state, string attribute, bool hasTransform)
        : base(state)
    {
        var matrix = FeatureCount is { } columns ? state.Matrix(attribute, columns) : state.Matrix(attribute);
        if (matrix.Rows == 0)
        {
            throw state.Fail("it has no cluster centres");
        }

        FeatureCount ??= matrix.Columns;
        Centers = new NearestCenters(matrix);
        Methods = hasTransform ? Both : PredictOnly;
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override bool TakesSparse => true;

    /// <summary>The centres.</summary>
    protected NearestCenters Centers { get; }

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Predict ? OutputShape.Integer : OutputShape.Numbers(Centers.Count);

    /// <summary>Writes the cluster of each row.</summary>
    protected virtual void Predict(FeatureBatch input, OutputSlice output) => Centers.Assign(input, output);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Predict)
        {
            Predict(input, output);
        }
        else if (method == Method.Transform && Methods.Count > 1)
        {
            Centers.Measure(input, output);
        }
        else
        {
            throw NoSuchMethod(method);
        }
    }
}
