using Flama.Sklearn.KernelApproximation;

namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>A kernel of <c>sklearn.metrics.pairwise</c> by its name.</summary>
internal sealed class PairwiseKernel(Matrix training, KernelFunction function) : ProcessKernel
{
    public override bool IsNonNegative => function.IsNonNegative;

    public override void Write(ReadOnlySpan<double> row, Span<double> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = function.Of(row, training.Row(i));
        }
    }

    public override double Self(ReadOnlySpan<double> row) => function.Of(row, row);
}
