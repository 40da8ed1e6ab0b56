using Flama.Pickle;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.KernelApproximation;

/// <summary>A kernel of two rows with its parameters, as scikit-learn's <c>pairwise_kernels</c> computes it.</summary>
internal sealed class KernelFunction
{
    // Since 1.0 a length below ten times numpy's eps counts as 0, before only 0 itself.
    private const double SmallLength = 10 * 2.220446049250313e-16;

    private readonly Func<ReadOnlySpan<double>, ReadOnlySpan<double>, double> compute;

    private KernelFunction(Func<ReadOnlySpan<double>, ReadOnlySpan<double>, double> compute) => this.compute = compute;

    /// <summary>Whether it takes no negative values.</summary>
    public bool IsNonNegative { get; private init; }

    /// <summary>The kernel by the rows' product, where it depends on that alone.</summary>
    public Func<double, double>? OfProduct { get; private init; }

    /// <summary>The kernel by the rows' squared distance, where it depends on that alone.</summary>
    public Func<double, double>? OfSquaredDistance { get; private init; }

    /// <summary>Reads the kernel's name and its parameters.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="features">Columns of a row.</param>
    /// <param name="kernel">The attribute that has the name.</param>
    /// <param name="parameters">The attribute that has a dict of parameters which are no attributes.</param>
    public static KernelFunction Read(EstimatorState state, int features, string kernel = "kernel", string parameters = "kernel_params")
    {
        var name = state.Value(kernel) as string ?? throw state.Unsupported("a kernel function of the user's");
        var gamma = Parameter(state, parameters, "gamma", name == "chi2" ? 1 : 1.0 / features);
        var coef0 = Parameter(state, parameters, "coef0", 1);
        var degree = Parameter(state, parameters, "degree", 3);
        return name switch
        {
            "linear" => ByProduct(product => product),
            "poly" or "polynomial" => ByProduct(product => Math.Pow((gamma * product) + coef0, degree)),
            "sigmoid" => ByProduct(product => Math.Tanh((gamma * product) + coef0)),
            "rbf" => new((x, y) => Math.Exp(-gamma * SquareOf(x, y))) { OfSquaredDistance = square => Math.Exp(-gamma * square) },
            "laplacian" => new((x, y) => Math.Exp(-gamma * Manhattan(x, y))),
            "cosine" => new(state.Version.IsAtLeast(1, 0) ? (x, y) => Cosine(x, y, SmallLength) : (x, y) => Cosine(x, y, double.Epsilon)),
            "additive_chi2" => new(AdditiveChi2) { IsNonNegative = true },
            "chi2" => new((x, y) => Math.Exp(gamma * AdditiveChi2(x, y))) { IsNonNegative = true },
            _ => throw state.Unsupported(
                $"{kernel}='{name}'", "Known: linear, poly, polynomial, sigmoid, rbf, laplacian, cosine, chi2, additive_chi2."),
        };
    }

    /// <summary>The squared distance of two rows; where it overflows, |x|² − 2 x·y + |y|², which is how scikit-learn multiplies it out and can be NaN.</summary>
    public static double SquareOf(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var square = SquaredDistance.Of(x, y);
        return double.IsFinite(square) ? square : (-2 * Dot(x, y)) + Dot(x, x) + Dot(y, y);
    }

    /// <summary>The kernel of two rows.</summary>
    public double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => compute(x, y);

    private static KernelFunction ByProduct(Func<double, double> function) => new((x, y) => function(Dot(x, y))) { OfProduct = function };

    // The estimator's own parameter, else the one in the dict, else the kernel's default.
    private static double Parameter(EstimatorState state, string parameters, string name, double absent)
    {
        if (state.Value(name) is not null)
        {
            return state.Number(name);
        }

        return state.Value(parameters) is PickleDict given && given.TryGetValue(name, out var value) && value is not null
            ? state.AsScalar(value, $"{parameters}['{name}']").Number
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

    // A row that counts as zeros is not divided by its length.
    private static double Cosine(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double smallest)
    {
        var (lengthX, lengthY) = (Math.Sqrt(Dot(x, x)), Math.Sqrt(Dot(y, y)));
        lengthX = lengthX < smallest ? 1 : lengthX;
        lengthY = lengthY < smallest ? 1 : lengthY;
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
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
