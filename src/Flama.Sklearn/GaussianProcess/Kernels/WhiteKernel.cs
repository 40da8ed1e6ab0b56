namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>Noise of each row by itself: a row shares none with a training row, even an equal one.</summary>
internal sealed class WhiteKernel(double noise) : ProcessKernel
{
    public override void Write(ReadOnlySpan<double> row, Span<double> output) => output.Clear();

    public override double Self(ReadOnlySpan<double> row) => noise;
}
