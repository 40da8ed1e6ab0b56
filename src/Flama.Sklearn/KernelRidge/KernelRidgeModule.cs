namespace Flama.Sklearn.KernelRidge;

/// <summary>The estimators of <c>sklearn.kernel_ridge</c>.</summary>
internal static class KernelRidgeModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("KernelRidge", state => new KernelRidge(state), "sklearn.kernel_ridge"),
    ];
}
