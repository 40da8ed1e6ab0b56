using System.Globalization;

namespace Flama.Torch.Lowering;

/// <summary>A number that is not known when a model is lowered: a length of an input, what is computed of such lengths, or what a tensor holds. Immutable.</summary>
/// <remarks>
/// Lengths have a hint: that of the input for which the model is lowered. Where the program decides by one, the decision is taken for the hint and noted as a
/// guard (<see cref="GuardSet"/>). What a tensor holds has none. A value of the interpreter is a Sym or a plain long, double or bool.
/// </remarks>
internal sealed class Sym
{
    // What is doubled some times is as long; and as deep as it is evaluated.
    private const int MaxKey = 20_000;
    private const int MaxDepth = 1_000;

    private readonly int depth;

    private Sym(string operation, object[] arguments, Type kind, object? hint, string key, int depth = 1)
    {
        this.depth = depth;
        Operation = operation;
        Arguments = arguments;
        Kind = kind;
        Hint = hint;
        Key = key;
    }

    /// <summary>An operation of <see cref="SymMath"/>; or "length" of an input, or "data".</summary>
    public string Operation { get; }

    public object[] Arguments { get; }

    /// <summary>Long, double or bool.</summary>
    public Type Kind { get; }

    /// <summary>The value for the input at hand; null when it depends on what a tensor holds.</summary>
    public object? Hint { get; }

    /// <summary>The same for equal expressions.</summary>
    public string Key { get; }

    /// <summary>The length of a dimension of an input.</summary>
    public static Sym Length(int input, int dimension, long hint) =>
        new("length", [(long)input, (long)dimension], typeof(long), hint, string.Create(CultureInfo.InvariantCulture, $"s{input}.{dimension}"));

    /// <summary>What a tensor without dimensions holds.</summary>
    public static Sym Data(string value, Type kind) => new("data", [value], kind, null, value);

    /// <summary>An operation on values of which one is a Sym.</summary>
    public static Sym Of(string operation, Type kind, params object[] arguments)
    {
        object? hint = null;
        if (Array.TrueForAll(arguments, static argument => argument is not Sym { Hint: null }))
        {
            hint = SymMath.Compute(operation, Array.ConvertAll(arguments, static argument => argument is Sym sym ? sym.Hint! : argument));
        }

        var keys = Array.ConvertAll(arguments, KeyOf);
        var levels = 1 + arguments.Max(static argument => argument is Sym sym ? sym.depth : 0);
        return levels <= MaxDepth && keys.Sum(static key => (long)key.Length) <= MaxKey
            ? new(operation, arguments, kind, hint, $"{operation}({string.Join(',', keys)})", levels)
            : throw TorchErrors.Limit("it computes too much of one length");
    }

    /// <summary>Long, double or bool: the kind of a number.</summary>
    public static Type KindOf(object value) => value is Sym sym ? sym.Kind : value.GetType();

    public static string KeyOf(object value) => value is Sym sym ? sym.Key : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    /// <summary>The value for other lengths.</summary>
    public object Evaluate(Func<int, int, long> lengthOf) => Operation == "length"
            ? lengthOf((int)(long)Arguments[0], (int)(long)Arguments[1])
            : SymMath.Compute(Operation, Array.ConvertAll(Arguments, argument => argument is Sym sym ? sym.Evaluate(lengthOf) : argument));

    public override string ToString() => Key;
}
