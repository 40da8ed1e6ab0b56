using System.Numerics.Tensors;

namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>RBF: e^(−½ |x/l − y/l|²), one length l for all columns or one per column.</summary>
internal sealed class RadialKernel(Matrix training, double[] lengths) : DistanceKernel(training, lengths)
{
    protected override void Apply(Span<double> values)
    {
        TensorPrimitives.Multiply(values, -0.5, values);
        Exponential.Apply(values);
    }
}
