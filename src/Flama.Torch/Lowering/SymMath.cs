namespace Flama.Torch.Lowering;

/// <summary>Python's arithmetic on numbers that may be symbolic.</summary>
internal static class SymMath
{
    public static object Add(object a, object b) => (a, b) switch
    {
        (Sym, 0L) => a,
        (0L, Sym) => b,
        (long, Sym { Kind: var kind }) when kind == typeof(long) => Add(b, a),
        (Sym { Operation: "add", Arguments: [var inner, long first] }, long second) => Add(inner, first + second),
        _ => Apply("add", a, b),
    };

    public static object Sub(object a, object b) => b is long subtrahend and not long.MinValue ? Add(a, -subtrahend)
        : a is Sym && b is Sym && Same(a, b) ? 0L : Apply("sub", a, b);

    public static object Mul(object a, object b) => (a, b) switch
    {
        (Sym { Kind: var kind }, 0L) when kind == typeof(long) => 0L,
        (Sym, 1L) => a,
        (1L, Sym) => b,
        (long, Sym { Kind: var kind }) when kind == typeof(long) => Mul(b, a),
        (Sym { Operation: "mul", Arguments: [var inner, long first] }, long second) => Mul(inner, first * second),
        _ => Apply("mul", a, b),
    };

    public static object FloorDiv(object a, object b) => (a, b) switch
    {
        (Sym, 1L) => a,
        (Sym { Operation: "mul", Arguments: [var inner, long first] }, long second) when second != 0 && first % second == 0 => Mul(inner, first / second),
        (Sym, Sym) when Same(a, b) => 1L,
        (Sym { Operation: "mul", Arguments: [var first, Sym second] }, Sym) when Same(second, b) => first,
        (Sym { Operation: "mul", Arguments: [Sym first, var second] }, Sym) when Same(first, b) => second,
        _ => Apply("floordiv", a, b),
    };

    public static bool Same(object a, object b) => a is Sym || b is Sym ? string.Equals(Sym.KeyOf(a), Sym.KeyOf(b), StringComparison.Ordinal) && a.GetType() == b.GetType() : a.Equals(b);

    /// <summary>The product of lengths.</summary>
    public static object Product(IEnumerable<object> lengths) => lengths.Aggregate((object)1L, Mul);

    /// <summary>Applies an operation; plain numbers give a plain number.</summary>
    public static object Apply(string operation, params object[] arguments) => Array.Exists(arguments, static argument => argument is Sym)
        ? Sym.Of(operation, KindOf(operation, arguments), arguments)
        : Compute(operation, arguments);

    /// <summary>Computes with plain numbers.</summary>
    public static object Compute(string operation, object[] arguments)
    {
        try
        {
            return arguments.Length == 1 ? Unary(operation, arguments[0]) : Binary(operation, arguments[0], arguments[1]);
        }
        catch (Exception exception) when (exception is OverflowException or DivideByZeroException)
        {
            throw TorchErrors.Invalid($"'{operation}' of {string.Join(" and ", arguments)} is not a number");
        }
    }

    public static double ToDouble(object value) => value switch { long whole => whole, double number => number, bool truth => truth ? 1 : 0, _ => throw TorchErrors.Invalid("a number is expected") };

    private static long ToLong(object value) => value switch { long whole => whole, bool truth => truth ? 1 : 0, double number => checked((long)number), _ => throw TorchErrors.Invalid("a whole number is expected") };

    private static Type KindOf(string operation, object[] arguments) => operation switch
    {
        "eq" or "ne" or "lt" or "le" or "gt" or "ge" or "not" or "and" or "or" or "bool" => typeof(bool),
        "truediv" or "float" or "sqrt" => typeof(double),
        "int" or "ceil" or "floor" => typeof(long),
        _ => Array.Exists(arguments, static argument => (argument is Sym sym ? sym.Kind : argument.GetType()) == typeof(double)) ? typeof(double) : typeof(long),
    };

    private static object Unary(string operation, object a) => operation switch
    {
        "neg" => a is double number ? (object)(-number) : checked(-ToLong(a)),
        "not" => !IsTrue(a),
        "bool" => IsTrue(a),
        "float" => ToDouble(a),
        "int" => ToLong(a is double number ? Math.Truncate(number) : a),
        "ceil" => a is double number ? checked((long)Math.Ceiling(number)) : ToLong(a),
        "floor" => a is double number ? checked((long)Math.Floor(number)) : ToLong(a),
        "round" => a is double number ? (object)Math.Round(number, MidpointRounding.ToEven) : ToLong(a),
        "abs" => a is double number ? (object)Math.Abs(number) : Math.Abs(ToLong(a)),
        "sqrt" => Math.Sqrt(ToDouble(a)),
        _ => throw TorchErrors.Invalid($"'{operation}' is not an operation on numbers"),
    };

    private static bool IsTrue(object a) => a switch { bool truth => truth, long whole => whole != 0, double number => number != 0, _ => false };

    private static object Binary(string operation, object a, object b)
    {
        if (a is double || b is double || operation == "truediv")
        {
            return Floating(operation, ToDouble(a), ToDouble(b));
        }

        var (x, y) = (ToLong(a), ToLong(b));
        return operation switch
        {
            "add" => unchecked(x + y),
            "sub" => unchecked(x - y),
            "mul" => unchecked(x * y),
            "floordiv" => (x / y) - ((x % y != 0) && ((x < 0) != (y < 0)) ? 1 : 0),
            "mod" => ((x % y) + y) % y,
            "fmod" => x % y,
            "pow" => y >= 0 ? (object)Power(x, y) : Math.Pow(x, y),
            "min" => Math.Min(x, y),
            "max" => Math.Max(x, y),
            "and" => a is bool ? IsTrue(a) && IsTrue(b) : x & y,
            "or" => a is bool ? IsTrue(a) || IsTrue(b) : x | y,
            "xor" => a is bool ? IsTrue(a) != IsTrue(b) : x ^ y,
            "lshift" => x << (int)y,
            "rshift" => x >> (int)y,
            _ => Compared(operation, x.CompareTo(y)),
        };
    }

    private static object Floating(string operation, double x, double y) => operation switch
    {
        "add" => x + y,
        "sub" => x - y,
        "mul" => x * y,
        "truediv" => x / y,
        "floordiv" => Math.Floor(x / y),
        "mod" => x - (y * Math.Floor(x / y)),
        "fmod" => x % y,
        "pow" => Math.Pow(x, y),
        "min" => Math.Min(x, y),
        "max" => Math.Max(x, y),
        "eq" => x == y,
        "ne" => x != y,
        "lt" => x < y,
        "le" => x <= y,
        "gt" => x > y,
        "ge" => x >= y,
        _ => throw TorchErrors.Invalid($"'{operation}' is not an operation on numbers"),
    };

    private static bool Compared(string operation, int order) => operation switch
    {
        "eq" => order == 0,
        "ne" => order != 0,
        "lt" => order < 0,
        "le" => order <= 0,
        "gt" => order > 0,
        "ge" => order >= 0,
        _ => throw TorchErrors.Invalid($"'{operation}' is not an operation on numbers"),
    };

    private static long Power(long x, long y)
    {
        var result = 1L;
        for (; y > 0; y >>= 1, x = unchecked(x * x))
        {
            result = (y & 1) != 0 ? unchecked(result * x) : result;
        }

        return result;
    }
}
