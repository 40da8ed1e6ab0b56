namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>(1 + |x − y|² / (2 α l²))^−α.</summary>
internal sealed class RationalQuadratic(Matrix training, double alpha, double length) : DistanceKernel(training, null)
{
    protected override void Apply(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = Math.Pow(1 + (value / (2 * alpha * length * length)), -alpha);
        }
    }
}
