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
        ["arccos"] = Math.Acos,
        ["arccosh"] = Math.Acosh,
        ["arcsin"] = Math.Asin,
        ["arcsinh"] = Math.Asinh,
        ["arctan"] = Math.Atan,
        ["arctanh"] = Math.Atanh,
        ["around"] = RoundToEven,
        ["asanyarray"] = Same,
        ["asarray"] = Same,
        ["ascontiguousarray"] = Same,
        ["asfortranarray"] = Same,
        ["cbrt"] = Math.Cbrt,
        ["ceil"] = Math.Ceiling,
        ["conjugate"] = Same,
        ["copy"] = Same,
        ["cos"] = Math.Cos,
        ["cosh"] = Math.Cosh,
        ["deg2rad"] = x => x * (Math.PI / 180),
        ["degrees"] = x => x * (180 / Math.PI),
        ["exp"] = Math.Exp,
        ["exp2"] = x => Math.Pow(2, x),
        ["expm1"] = Expm1,
        ["fabs"] = Math.Abs,
        ["fix"] = Math.Truncate,
        ["floor"] = Math.Floor,
        ["isfinite"] = x => double.IsFinite(x) ? 1 : 0,
        ["isinf"] = x => double.IsInfinity(x) ? 1 : 0,
        ["isnan"] = x => double.IsNaN(x) ? 1 : 0,
        ["log"] = Math.Log,
        ["log10"] = Math.Log10,
        ["log1p"] = Log1p,
        ["log2"] = Math.Log2,
        ["logical_not"] = x => x == 0 ? 1 : 0,
        ["nan_to_num"] = x => double.IsNaN(x) ? 0 : Math.Clamp(x, double.MinValue, double.MaxValue),
        ["negative"] = x => -x,
        ["positive"] = Same,
        ["rad2deg"] = x => x * (180 / Math.PI),
        ["radians"] = x => x * (Math.PI / 180),
        ["real"] = Same,
        ["reciprocal"] = x => 1 / x,
        ["rint"] = RoundToEven,
        ["round"] = RoundToEven,
        ["round_"] = RoundToEven,
        ["sign"] = x => double.IsNaN(x) ? x : Math.Sign(x),
        ["signbit"] = x => double.IsNegative(x) && !double.IsNaN(x) ? 1 : 0,
        ["sin"] = Math.Sin,
        ["sinc"] = x => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x),
        ["sinh"] = Math.Sinh,
        ["sqrt"] = Math.Sqrt,
        ["square"] = x => x * x,
        ["tan"] = Math.Tan,
        ["tanh"] = Math.Tanh,
        ["trunc"] = Math.Truncate,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Finds a function; null when it is not one of numpy's that are known.</summary>
    public static Func<double, double>? Find(GlobalName name) =>
        name.Module is "numpy" or "numpy.core" or "numpy.core.umath" or "numpy.core._multiarray_umath" or "numpy._core.umath" or "numpy._core._multiarray_umath"
            ? ByName.GetValueOrDefault(name.Name)
            : null;

    private static double Same(double x) => x;

    private static double RoundToEven(double x) => Math.Round(x, MidpointRounding.ToEven);

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
