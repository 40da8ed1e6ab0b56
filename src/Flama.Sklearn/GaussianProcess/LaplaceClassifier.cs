using System.Numerics.Tensors;
using Flama.Json;
using Flama.Sklearn.GaussianProcess.Kernels;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.GaussianProcess;

/// <summary>
/// A Gaussian process for two classes by Laplace's approximation: with the covariances k of a row with the training rows, the latent mean f = k·(y_train_ − pi_) and its variance
/// k(x, x) − |v|², L_·v = W_sr_·k. The second class where f is above 0; its probability is the integral of the logistic function over that normal distribution.
/// </summary>
/// <remarks>
/// A row whose covariances are not finite has no probabilities: an error. The logistic function counts as a sum of five error functions, after Williams and Barber, so that probabilities are a little off 0 and 1. Missing values are refused.
/// Source: sklearn.gaussian_process._gpc, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LaplaceClassifier : Classifier
{
    private static readonly double[] Slopes = [0.41, 0.4, 0.37, 0.44, 0.39];
    private static readonly double[] Shares = [-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654];

    private readonly Matrix training;
    private readonly ProcessKernel kernel;
    private readonly Matrix factor;
    private readonly double[] weights;
    private readonly double[] roots;

    public LaplaceClassifier(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        if (Classes.Count != 2)
        {
            throw state.Fail($"it has {Classes.Count} classes, expected 2");
        }

        training = FeatureCount is { } features ? state.Matrix("X_train_", features) : state.Matrix("X_train_");
        FeatureCount ??= training.Columns;
        _ = state.Required("kernel_");
        kernel = new KernelReader(training).Read(state, "kernel_");
        factor = state.Matrix("L_", training.Rows, training.Rows);
        roots = state.Vector("W_sr_", training.Rows);
        var probabilities = state.Vector("pi_", training.Rows);
        weights = state.Vector("y_train_", training.Rows);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] -= probabilities[i];
        }
    }

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(training.Rows);
        Check(input);
        for (var row = 0; row < input.Rows; row++)
        {
            kernel.Write(input.Row(row), scratch.Span);
            output[row, 0] = DotProduct.Of(scratch.Span, weights) > 0 ? 1 : 0;
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(training.Rows);
        Check(input);
        for (var row = 0; row < input.Rows; row++)
        {
            var kernels = scratch.Span;
            kernel.Write(input.Row(row), kernels);
            var latent = DotProduct.Of(kernels, weights);
            TensorPrimitives.Multiply(kernels, roots, kernels);
            if (!TensorPrimitives.IsFiniteAll(kernels))
            {
                throw InputCheck.Problem(new InputProblem(
                    ProblemTypes.NumberRange, $"Row {input.FirstRow + row} is so far from the training rows that its covariance with one of them is not finite ({Name}).", input.FirstRow + row));
            }

            LowerTriangle.Solve(factor, kernels);
            output[row, 1] = Probability(latent, kernel.Self(input.Row(row)) - DotProduct.Of(kernels, kernels));
            output[row, 0] = 1 - output[row, 1];
        }
    }

    private void Check(FeatureBatch input)
    {
        if (kernel.IsNonNegative)
        {
            KernelApproximation.NonNegative.Check(this, input);
        }
    }

    // The variance may round to 0 or below; the steps are scikit-learn's, so that the result is NaN where its is.
    private static double Probability(double latent, double variance)
    {
        var alpha = 1 / (2 * variance);
        var (sum, shares) = (0.0, 0.0);
        for (var i = 0; i < Slopes.Length; i++)
        {
            var error = StandardNormal.Error(Slopes[i] * latent * Math.Sqrt(alpha / (alpha + (Slopes[i] * Slopes[i]))));
            sum += Shares[i] * (Math.Sqrt(Math.PI / alpha) * error / (2 * Math.Sqrt(variance * 2 * Math.PI)));
            shares += Shares[i];
        }

        return sum + (0.5 * shares);
    }
}
