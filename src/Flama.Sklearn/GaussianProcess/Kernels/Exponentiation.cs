namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>A power of a kernel.</summary>
internal sealed class Exponentiation(ProcessKernel kernel, double exponent) : ProcessKernel
{
    public override bool IsNonNegative => kernel.IsNonNegative;

    public override void Write(ReadOnlySpan<double> row, Span<double> output)
    {
        kernel.Write(row, output);
        foreach (ref var value in output)
        {
            value = Math.Pow(value, exponent);
        }
    }

    public override double Self(ReadOnlySpan<double> row) => Math.Pow(kernel.Self(row), exponent);
}
