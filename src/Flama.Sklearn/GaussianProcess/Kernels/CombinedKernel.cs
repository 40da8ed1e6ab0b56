using System.Numerics.Tensors;

namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>The sum or the product of two kernels.</summary>
internal sealed class CombinedKernel(ProcessKernel first, ProcessKernel second, bool isProduct) : ProcessKernel
{
    public override bool IsNonNegative => first.IsNonNegative || second.IsNonNegative;

    public override void Write(ReadOnlySpan<double> row, Span<double> output)
    {
        using var scratch = new Scratch(output.Length);
        first.Write(row, output);
        second.Write(row, scratch.Span);
        if (isProduct)
        {
            TensorPrimitives.Multiply(output, scratch.Span, output);
        }
        else
        {
            TensorPrimitives.Add(output, scratch.Span, output);
        }
    }

    public override double Self(ReadOnlySpan<double> row) => isProduct ? first.Self(row) * second.Self(row) : first.Self(row) + second.Self(row);
}
