using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Svm;

/// <summary>Σ dual coefficient · kernel + intercept: what libsvm computes for a regression and for one class.</summary>
internal sealed class SupportSum
{
    private readonly SvmKernel kernel;
    private readonly double[] coefficients;
    private readonly double intercept;

    public SupportSum(EstimatorState state, int? features)
    {
        kernel = new SvmKernel(state, features);
        coefficients = kernel.Count == 0 ? [] : state.Matrix("_dual_coef_", 1, kernel.Count).Values;
        intercept = state.Broadcast("_intercept_", 1)[0];
    }

    /// <summary>Columns of the input.</summary>
    public int Columns => kernel.Columns;

    /// <summary>Whether it was trained on sparse rows.</summary>
    public bool IsSparse => kernel.IsSparse;

    /// <summary>Computes the sum of each row.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="output">As many rows, one column.</param>
    public void Evaluate(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(kernel.Count);
        for (var row = 0; row < output.Rows; row++)
        {
            kernel.Evaluate(input, row, scratch.Span);
            output[row, 0] = DotProduct.Of(scratch.Span, coefficients) + intercept;
        }
    }
}
