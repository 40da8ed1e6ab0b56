using System.Collections.Frozen;
using Flama.Pickle;

namespace Flama.Sklearn.Preprocessing;

/// <summary>numpy's functions of one number that models refer to by name.</summary>
internal static class NumpyFunctions
{
    private static readonly FrozenDictionary<string, Func<double, double>> ByName = new Dictionary<string, Func<double, double>>(StringComparer.Ordinal)
    {
        ["abs"] = Math.Abs,
        ["absolute"] = Math.Abs,
        ["arctan"] = Math.Atan,
        ["cbrt"] = Math.Cbrt,
        ["ceil"] = Math.Ceiling,
        ["cos"] = Math.Cos,
        ["cosh"] = Math.Cosh,
        ["exp"] = Math.Exp,
        ["exp2"] = x => Math.Pow(2, x),
        ["expm1"] = Expm1,
        ["fabs"] = Math.Abs,
        ["floor"] = Math.Floor,
        ["log"] = Math.Log,
        ["log10"] = Math.Log10,
        ["log1p"] = Log1p,
        ["log2"] = Math.Log2,
        ["negative"] = x => -x,
        ["reciprocal"] = x => 1 / x,
        ["rint"] = x => Math.Round(x, MidpointRounding.ToEven),
        ["sign"] = x => double.IsNaN(x) ? x : Math.Sign(x),
        ["sin"] = Math.Sin,
        ["sinh"] = Math.Sinh,
        ["sqrt"] = Math.Sqrt,
        ["square"] = x => x * x,
        ["tan"] = Math.Tan,
        ["tanh"] = Math.Tanh,
        ["trunc"] = Math.Truncate,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Finds a function; null when it is not one of numpy's that are known.</summary>
    public static Func<double, double>? Find(GlobalName name) =>
        name.Module is "numpy" or "numpy.core._multiarray_umath" or "numpy._core._multiarray_umath"
            ? ByName.GetValueOrDefault(name.Name)
            : null;

    /// <summary>log(1 + x), exact for small x: the rounding of 1 + x is divided out.</summary>
    public static double Log1p(double x)
    {
        if (double.IsPositiveInfinity(x))
        {
            return x;
        }

        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x − 1, exact for small x: the rounding of e^x is divided out.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 1)
        {
            return Math.Exp(x) - 1;
        }

        var power = Math.Exp(x);
        if (power == 1)
        {
            return x;
        }

        return (power - 1) * x / Math.Log(power);
    }
}
