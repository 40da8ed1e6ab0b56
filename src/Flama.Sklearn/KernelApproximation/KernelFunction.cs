using Flama.Pickle;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.KernelApproximation;

/// <summary>A kernel of two rows with its parameters, as scikit-learn's <c>pairwise_kernels</c> computes it.</summary>
internal sealed class KernelFunction
{
    private readonly Func<ReadOnlySpan<double>, ReadOnlySpan<double>, double> compute;

    private KernelFunction(Func<ReadOnlySpan<double>, ReadOnlySpan<double>, double> compute, bool isNonNegative = false)
    {
        this.compute = compute;
        IsNonNegative = isNonNegative;
    }

    /// <summary>Whether it takes no negative values.</summary>
    public bool IsNonNegative { get; }

    /// <summary>Reads the parameter <c>kernel</c> and those of the kernel.</summary>
    public static KernelFunction Read(EstimatorState state, int features)
    {
        var name = state.Value("kernel") as string ?? throw state.Unsupported("a kernel function of the user's");
        var gamma = Parameter(state, "gamma", name == "chi2" ? 1 : 1.0 / features);
        var coef0 = Parameter(state, "coef0", 1);
        var degree = Parameter(state, "degree", 3);
        return name switch
        {
            "linear" => new(Dot),
            "poly" or "polynomial" => new((x, y) => Math.Pow((gamma * Dot(x, y)) + coef0, degree)),
            "sigmoid" => new((x, y) => Math.Tanh((gamma * Dot(x, y)) + coef0)),
            "rbf" => new((x, y) => Math.Exp(-gamma * SquaredDistance.Of(x, y))),
            "laplacian" => new((x, y) => Math.Exp(-gamma * Manhattan(x, y))),
            "cosine" => new(Cosine),
            "additive_chi2" => new(AdditiveChi2, isNonNegative: true),
            "chi2" => new((x, y) => Math.Exp(gamma * AdditiveChi2(x, y)), isNonNegative: true),
            _ => throw state.Unsupported(
                $"kernel='{name}'", "Known: linear, poly, polynomial, sigmoid, rbf, laplacian, cosine, chi2, additive_chi2."),
        };
    }

    /// <summary>The kernel of two rows.</summary>
    public double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => compute(x, y);

    // The estimator's own parameter, else the one in kernel_params, else the kernel's default.
    private static double Parameter(EstimatorState state, string name, double absent)
    {
        if (state.Value(name) is not null)
        {
            return state.Number(name);
        }

        return state.Value("kernel_params") is PickleDict given && given.TryGetValue(name, out var value) && value is not null
            ? state.AsScalar(value, $"kernel_params['{name}']").Number
            : absent;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    private static double Manhattan(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += Math.Abs(x[i] - y[i]);
        }

        return sum;
    }

    // A row of zeros has the cosine 0 with any other.
    private static double Cosine(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (lengthX, lengthY) = (Math.Sqrt(Dot(x, x)), Math.Sqrt(Dot(y, y)));
        var sum = 0.0;
        for (var i = 0; lengthX != 0 && lengthY != 0 && i < x.Length; i++)
        {
            sum += x[i] / lengthX * (y[i] / lengthY);
        }

        return sum;
    }

    private static double AdditiveChi2(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var total = x[i] + y[i];
            var difference = x[i] - y[i];
            sum -= total == 0 ? 0 : difference * difference / total;
        }

        return sum;
    }
}
