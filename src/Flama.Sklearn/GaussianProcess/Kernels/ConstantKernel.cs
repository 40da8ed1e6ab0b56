namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>The same covariance for any two rows.</summary>
internal sealed class ConstantKernel(double value) : ProcessKernel
{
    public override void Write(ReadOnlySpan<double> row, Span<double> output) => output.Fill(value);

    public override double Self(ReadOnlySpan<double> row) => value;
}
