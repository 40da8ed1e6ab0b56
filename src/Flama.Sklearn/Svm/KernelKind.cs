namespace Flama.Sklearn.Svm;

/// <summary>The kernels of libsvm.</summary>
internal enum KernelKind
{
    /// <summary>x·v.</summary>
    Linear,

    /// <summary>(γ x·v + c)^degree.</summary>
    Polynomial,

    /// <summary>e^(−γ|x − v|²).</summary>
    Radial,

    /// <summary>tanh(γ x·v + c).</summary>
    Sigmoid,

    /// <summary>The row holds the kernel itself.</summary>
    Precomputed,
}
