namespace Flama.Sklearn.KernelApproximation;

/// <summary>The estimators of <c>sklearn.kernel_approximation</c>.</summary>
internal static class KernelApproximationModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
