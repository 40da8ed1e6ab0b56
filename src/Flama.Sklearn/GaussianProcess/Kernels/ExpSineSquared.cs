namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>e^(−2 (sin(π |x − y| / p) / l)²): what repeats itself with the period p.</summary>
internal sealed class ExpSineSquared(Matrix training, double length, double period) : DistanceKernel(training, null)
{
    protected override void Apply(Span<double> values)
    {
        foreach (ref var value in values)
        {
            var sine = Math.Sin(Math.PI / period * Math.Sqrt(value)) / length;
            value = Math.Exp(-2 * (sine * sine));
        }
    }
}
