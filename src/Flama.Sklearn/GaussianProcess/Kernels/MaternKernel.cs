using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>
/// Matérn, of the distance d = |x/l − y/l| and the smoothness ν: 2^(1−ν)/Γ(ν) · (√(2ν) d)^ν · K_ν(√(2ν) d), with shorter forms for ½, 1½, 2½ and ∞.
/// </summary>
internal sealed class MaternKernel : DistanceKernel
{
    // numpy's eps, which stands for a distance of 0.
    private const double Epsilon = 2.220446049250313e-16;

    private readonly double nu;
    private readonly double scale;
    private readonly double factor;

    public MaternKernel(Matrix training, double[] lengths, double nu)
        : base(training, lengths)
    {
        this.nu = nu;
        scale = nu switch
        {
            1.5 => Math.Sqrt(3),
            2.5 => Math.Sqrt(5),
            _ => Math.Sqrt(2 * nu),
        };
        factor = Math.Pow(2, 1 - nu) / Gamma.Of(nu);
    }

    protected override void Apply(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = Of(value);
        }
    }

    private double Of(double square)
    {
        if (double.IsPositiveInfinity(nu))
        {
            return Math.Exp(-square / 2);
        }

        var distance = Math.Sqrt(square);
        var x = scale * distance;
        return nu switch
        {
            0.5 => Math.Exp(-distance),
            1.5 => (1 + x) * Math.Exp(-x),
            2.5 => (1 + x + (x * x / 3)) * Math.Exp(-x),
            _ => General(scale * (distance == 0 ? Epsilon : distance)),
        };
    }

    private double General(double x) => factor * Math.Pow(x, nu) * BesselK.Of(nu, x);
}
