using Flama.Pickle.Numpy;
using Flama.Sklearn.GaussianProcess.Kernels;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.GaussianProcess;

/// <summary>
/// A Gaussian process: with the covariances k of a row with the training rows, the mean k·alpha_ times the targets' deviation plus their mean; <c>predict_std</c> gives it together
/// with the standard deviation √(k(x, x) − |v|²) times the targets' deviation, L_·v = k.
/// </summary>
/// <remarks>
/// A negative variance counts as 0. Several targets have a column each; one target in a column of its own is flat since 1.1. Before 1.1 all targets share one deviation unless
/// they were normalised, where Python has an error and this has a deviation a target. A process that was not fitted answers by its prior: the mean 0.
/// Missing values are refused. Source: sklearn.gaussian_process._gpr, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class GaussianProcessRegressor : Estimator
{
    private static readonly Method[] Both = [Method.Predict, Method.PredictStd];

    private readonly Matrix training;
    private readonly ProcessKernel kernel;
    private readonly AffineMap? map;
    private readonly Matrix? factor;
    private readonly double[] targetMeans = [0];
    private readonly double[] targetDeviations = [1];
    private readonly OutputShape mean = OutputShape.Number;
    private readonly OutputShape deviation = OutputShape.Number;

    public GaussianProcessRegressor(EstimatorState state)
        : base(state)
    {
        if (!state.Has("X_train_"))
        {
            training = new([], 0, FeatureCount ?? 0);
            kernel = new KernelReader(training).Read(state, "kernel");
            return;
        }

        training = FeatureCount is { } features ? state.Matrix("X_train_", features) : state.Matrix("X_train_");
        FeatureCount ??= training.Columns;
        _ = state.Required("kernel_");
        kernel = new KernelReader(training).Read(state, "kernel_");
        factor = state.Matrix("L_", training.Rows, training.Rows);
        var isFlat = state.Array("alpha_").Shape.Count < 2;
        var alpha = isFlat
            ? new Matrix(state.Vector("alpha_", training.Rows), training.Rows, 1)
            : state.Matrix("alpha_");
        if (alpha.Rows != training.Rows || alpha.Columns == 0)
        {
            throw state.Fail($"its attribute 'alpha_' has {alpha.Rows} rows and {alpha.Columns} columns for {training.Rows} training rows");
        }

        map = new AffineMap(alpha, new double[alpha.Columns]);
        targetMeans = state.Broadcast("_y_train_mean", alpha.Columns);
        var isNormalized = state.Value("_y_train_std") is NdArray { Length: > 1 };
        targetDeviations = state.Has("_y_train_std") ? state.Broadcast("_y_train_std", alpha.Columns) : [.. Enumerable.Repeat(1.0, alpha.Columns)];
        var isSqueezed = state.Version.IsAtLeast(1, 1);
        mean = isFlat || (isSqueezed && alpha.Columns == 1) ? OutputShape.Number : OutputShape.Numbers(alpha.Columns);
        deviation = alpha.Columns == 1 || !(isSqueezed || isNormalized) ? OutputShape.Number : OutputShape.Numbers(alpha.Columns);
    }

    public override IReadOnlyList<Method> Methods => Both;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.Predict ? mean : OutputShape.List([mean, deviation]);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (kernel.IsNonNegative)
        {
            KernelApproximation.NonNegative.Check(this, input);
        }

        using var scratch = new Scratch(input.Rows * training.Rows);
        var kernels = new OutputSlice(scratch.Span, training.Rows);
        for (var row = 0; map is not null && row < input.Rows; row++)
        {
            kernel.Write(input.Row(row), kernels.Row(row));
        }

        Predict(scratch.Span, output.Slice(0, mean.Width));
        for (var row = 0; method == Method.PredictStd && row < input.Rows; row++)
        {
            Deviate(input.Row(row), map is null ? [] : kernels.Row(row), output.Row(row)[mean.Width..]);
        }
    }

    private void Predict(ReadOnlySpan<double> kernels, OutputSlice output)
    {
        map?.Apply(kernels, output);
        for (var row = 0; row < output.Rows; row++)
        {
            for (var i = 0; i < output.Columns; i++)
            {
                output[row, i] = map is null ? 0 : (targetDeviations[i] * output[row, i]) + targetMeans[i];
            }
        }
    }

    private void Deviate(ReadOnlySpan<double> row, Span<double> kernels, Span<double> output)
    {
        var variance = kernel.Self(row);
        if (factor is not null)
        {
            LowerTriangle.Solve(factor, kernels);
            variance -= DotProduct.Of(kernels, kernels);
        }

        variance = variance < 0 ? 0 : variance;
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = Math.Sqrt(variance * (targetDeviations[i] * targetDeviations[i]));
        }
    }
}
