namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>A covariance function with its parameters and the training rows it was laid out for. Immutable and thread-safe.</summary>
/// <remarks>
/// Source of all kernels: sklearn.gaussian_process.kernels, whose formulas are the same in 0.23, 1.2, 1.4 and 1.9. Missing values are refused before a kernel sees them.
/// </remarks>
internal abstract class ProcessKernel
{
    /// <summary>Whether it takes no negative values.</summary>
    public virtual bool IsNonNegative => false;

    /// <summary>Writes the covariance of a row with each training row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="output">As many numbers as there are training rows.</param>
    public abstract void Write(ReadOnlySpan<double> row, Span<double> output);

    /// <summary>The covariance of a row with itself, noise included.</summary>
    public abstract double Self(ReadOnlySpan<double> row);
}
