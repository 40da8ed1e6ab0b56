using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.CrossDecomposition;

/// <summary>
/// Partial least squares, canonical ones and canonical correlations: with z = (x − mean) / deviation, <c>predict</c> is z·coef_ᵀ + intercept, <c>transform</c> z·x_rotations_ and its
/// inverse (t·x_loadings_ᵀ)·deviation + mean.
/// </summary>
/// <remarks>
/// Since 1.5 coefficients have the division in them and <c>predict</c> takes x − mean. They lie target by feature since 1.3, in 1.1 and 1.2 under another name, and before feature by
/// target; the intercept was the mean of the targets before 1.1. A single target is flat since 1.3 where training's was.
/// Missing values are refused. Source: sklearn.cross_decomposition._pls, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class PLS : Estimator
{
    private static readonly Method[] All = [Method.Predict, Method.Transform, Method.InverseTransform];

    private readonly StandardizedMap prediction;
    private readonly StandardizedMap projection;
    private readonly AffineMap back;
    private readonly OutputShape targets;
    private readonly int components;

    public PLS(EstimatorState state)
        : base(state)
    {
        var rotations = state.Matrix("x_rotations_");
        FeatureCount ??= rotations.Rows;
        var features = FeatureCount.Value;
        components = rotations.Columns;
        rotations = state.Matrix("x_rotations_", features, components);
        var loadings = state.Matrix("x_loadings_", features, components);
        var mean = StandardizedMap.Mean(state, features);
        var deviation = StandardizedMap.Deviation(state, features);
        var coefficients = Coefficients(state, features);
        var outputs = coefficients.Columns;
        prediction = new StandardizedMap(
            coefficients,
            state.Broadcast(state.FirstOf("intercept_", "_y_mean", "y_mean_"), outputs),
            mean,
            state.Version.IsAtLeast(1, 5) ? null : deviation);
        projection = new StandardizedMap(rotations, new double[components], mean, deviation);
        back = new AffineMap(Scale(loadings.Transpose(), deviation), mean);
        targets = outputs == 1 && state.Flag("_predict_1d", false) ? OutputShape.Number : OutputShape.Numbers(outputs);
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => InputRule.Floats;

    public override int? ColumnsOf(Method method) => method == Method.InverseTransform ? components : FeatureCount;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method switch
    {
        Method.Predict => targets,
        Method.Transform => OutputShape.Numbers(components),
        _ => OutputShape.Numbers(FeatureCount!.Value),
    };

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        switch (method)
        {
            case Method.Predict:
                prediction.Apply(input, output);
                break;
            case Method.Transform:
                projection.Apply(input, output);
                break;
            case Method.InverseTransform:
                back.Apply(input.Numbers, output);
                break;
            default:
                throw NoSuchMethod(method);
        }
    }

    // Features by targets.
    private static Matrix Coefficients(EstimatorState state, int features)
    {
        var name = state.FirstOf("_coef_", "coef_");
        var isByTarget = name == "_coef_" || state.Version.IsAtLeast(1, 3);
        var matrix = state.Array(name) is NdArray { Shape.Count: 2 } ? state.Matrix(name) : throw state.Fail($"its attribute '{name}' has not two dimensions");
        matrix = isByTarget ? matrix.Transpose() : matrix;
        return matrix.Rows == features && matrix.Columns > 0
            ? matrix
            : throw state.Fail($"its attribute '{name}' is for {matrix.Rows} features and {matrix.Columns} targets, and it takes {features} features");
    }

    private static Matrix Scale(Matrix loadings, double[] deviation)
    {
        for (var i = 0; i < loadings.Values.Length; i++)
        {
            loadings.Values[i] *= deviation[i % deviation.Length];
        }

        return loadings;
    }
}
