namespace Flama.Sklearn.KernelApproximation;

/// <summary>The estimators of <c>sklearn.kernel_approximation</c>.</summary>
internal static class KernelApproximationModule
{
    private const string Module = "sklearn.kernel_approximation";

    public static readonly EstimatorEntry[] Entries =
    [
        new("AdditiveChi2Sampler", state => new AdditiveChi2Sampler(state), Module),
        new("Nystroem", state => new Nystroem(state), Module),
        new("PolynomialCountSketch", state => new PolynomialCountSketch(state), Module),
        new("RBFSampler", state => new CosineSampler(state, isSkewed: false), Module),
        new("SkewedChi2Sampler", state => new CosineSampler(state, isSkewed: true), Module),
    ];
}
