namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>Operators and functions of formulas, as numpy computes them.</summary>
internal static class FormulaFunctions
{
    /// <summary>A function of one number; null when it is not known.</summary>
    public static Func<double, double>? Find(string name) => Bare(name) switch
    {
        "log" => Math.Log,
        "log1p" => x => Math.Abs(x) < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) - (x * x * x * x / 4) : Math.Log(1 + x),
        "log2" => Math.Log2,
        "log10" => Math.Log10,
        "sqrt" => Math.Sqrt,
        "cbrt" => Math.Cbrt,
        "exp" => Math.Exp,
        "exp2" => x => Math.Pow(2, x),
        "expm1" => x => Math.Abs(x) < 1e-4 ? x + (x * x / 2) + (x * x * x / 6) + (x * x * x * x / 24) : Math.Exp(x) - 1,
        "abs" or "absolute" or "fabs" => Math.Abs,
        "square" => x => x * x,
        "reciprocal" => x => 1 / x,
        "sin" => Math.Sin,
        "cos" => Math.Cos,
        "tan" => Math.Tan,
        "arcsin" => Math.Asin,
        "arccos" => Math.Acos,
        "arctan" => Math.Atan,
        "sinh" => Math.Sinh,
        "cosh" => Math.Cosh,
        "tanh" => Math.Tanh,
        "arcsinh" => Math.Asinh,
        "floor" => Math.Floor,
        "ceil" => Math.Ceiling,
        "round" or "rint" => x => Math.Round(x),
        "sign" => x => double.IsNaN(x) ? x : Math.Sign(x),
        "negative" => x => -x,
        _ => null,
    };

    /// <summary>A function of two numbers; null when it is not known.</summary>
    public static FormulaValue? Find(string name, FormulaValue left, FormulaValue right) => Bare(name) switch
    {
        "power" or "pow" => Combine("**", left, right),
        "maximum" => Of(left, right, Math.Max),
        "minimum" => Of(left, right, Math.Min),
        "add" => Combine("+", left, right),
        "subtract" => Combine("-", left, right),
        "multiply" => Combine("*", left, right),
        "divide" or "true_divide" => Combine("/", left, right),
        _ => null,
    };

    /// <summary>Two numbers with an operator between.</summary>
    public static FormulaValue Combine(string symbol, FormulaValue left, FormulaValue right) => symbol switch
    {
        "+" => Of(left, right, (x, y) => x + y),
        "-" => Of(left, right, (x, y) => x - y),
        "*" => Of(left, right, (x, y) => x * y),
        "/" => Of(left, right, (x, y) => x / y),
        "//" => Of(left, right, (x, y) => Math.Floor(x / y)),
        "%" => Of(left, right, (x, y) => x - (Math.Floor(x / y) * y)),
        _ => Of(left, right, Math.Pow),
    };

    private static FormulaValue Of(FormulaValue left, FormulaValue right, Func<double, double, double> function) =>
        (owner, input, row) => function(left(owner, input, row), right(owner, input, row));

    // np.log and numpy.log are numpy's; abs, round and pow are Python's own and do the same.
    private static string Bare(string name) =>
        name.StartsWith("np.", StringComparison.Ordinal) ? name[3..]
        : name.StartsWith("numpy.", StringComparison.Ordinal) ? name[6..]
        : name is "abs" or "round" or "pow" or "log" or "log10" or "log2" or "sqrt" or "exp" ? name : "";
}
