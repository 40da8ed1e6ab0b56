using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.LinearModel;

/// <summary>
/// Bayesian ridge and automatic relevance determination: the mean X·coef_ + intercept_; <c>predict_std</c> gives it together with the standard deviation
/// √(x·sigma_·xᵀ + 1/alpha_).
/// </summary>
/// <remarks>
/// The deviation's x: since 1.9 less <c>X_offset_</c>; where the model was trained with <c>normalize</c> (before 1.2) less that and divided by <c>X_scale_</c>; for relevance
/// determination the columns with <c>lambda_</c> below <c>threshold_lambda</c> only. A model without <c>sigma_</c> has no <c>predict_std</c>. Missing values are
/// refused. Source: sklearn.linear_model._bayes, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class BayesianRegressor : LinearRegressor
{
    private static readonly Method[] WithDeviation = [Method.Predict, Method.PredictStd];
    private static readonly OutputShape MeanAndDeviation = OutputShape.List([OutputShape.Number, OutputShape.Number]);

    private readonly AffineMap? covariance;
    private readonly double noise;
    private readonly int[] columns = [];
    private readonly double[]? offset;
    private readonly double[]? scale;

    public BayesianRegressor(EstimatorState state)
        : base(state)
    {
        if (Outputs is not null)
        {
            throw state.Fail("its attribute 'coef_' has two dimensions, expected one");
        }

        var features = Map.Inputs;
        var isNormalized = state.Value(state.FirstOf("_normalize", "normalize")) is true;
        var isCentred = isNormalized || state.Version.IsAtLeast(1, 9);
        if (state.Value("sigma_") is null || (isCentred && state.Value("X_offset_") is null))
        {
            return;
        }

        columns = ColumnsOf(state, features);
        covariance = columns.Length == 0 ? null : new(state.Matrix("sigma_", columns.Length, columns.Length), new double[columns.Length]);
        noise = 1 / state.Number("alpha_");
        offset = isCentred ? state.Broadcast("X_offset_", features) : null;
        scale = isNormalized ? state.Broadcast("X_scale_", features) : null;
        HasDeviation = true;
    }

    public override IReadOnlyList<Method> Methods => HasDeviation ? WithDeviation : base.Methods;

    public override bool TakesSparse => false;

    private bool HasDeviation { get; }

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.PredictStd ? MeanAndDeviation : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.PredictStd || !HasDeviation)
        {
            base.Compute(method, input, output);
            return;
        }

        Predict(input, output.Slice(0, 1));
        var width = columns.Length;
        using var scratch = new Scratch(2 * width);
        var x = scratch.Span[..width];
        var product = scratch.Span[width..];
        for (var row = 0; row < output.Rows; row++)
        {
            Select(input.Row(row), x);
            covariance?.Apply(x, new OutputSlice(product, width));
            output[row, 1] = Math.Sqrt(DotProduct.Of(x, product) + noise);
        }
    }

    private static int[] ColumnsOf(EstimatorState state, int features)
    {
        if (state.ClassName != "ARDRegression")
        {
            return [.. Enumerable.Range(0, features)];
        }

        var precisions = state.Vector("lambda_", features);
        var threshold = state.Number("threshold_lambda");
        return [.. Enumerable.Range(0, features).Where(column => precisions[column] < threshold)];
    }

    private void Select(ReadOnlySpan<double> row, Span<double> x)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var column = columns[i];
            var value = offset is null ? row[column] : row[column] - offset[column];
            x[i] = scale is null ? value : value / scale[column];
        }
    }
}
