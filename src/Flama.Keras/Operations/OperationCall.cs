using Flama.Keras.Graphs;
using Flama.Keras.Layers;
using Flama.Keras.Models;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Operations;

/// <summary>What an operation is called with: values and constants by position or name, and options of its own.</summary>
/// <param name="Name">The operation's name in the model.</param>
/// <param name="Call">Arguments.</param>
/// <param name="Config">Options that stand in its configuration.</param>
internal sealed record OperationCall(string Name, LayerCall Call, LayerConfig Config)
{
    /// <summary>Whether it is of Keras 3.</summary>
    public bool IsThird => Config.IsThird;

    /// <summary>An argument; constants become values of the type of the other one.</summary>
    public Value Value(Lowering g, int position, string name, Value? like = null) => ToValue(g, Argument(position, name), like) ?? throw KerasErrors.Invalid($"operation '{Name}' has no argument '{name}'");

    /// <summary>Two arguments of one type.</summary>
    public (Value Left, Value Right) Pair(Lowering g, string left = "x1", string right = "x2")
    {
        var (a, b) = (Argument(0, left), Argument(1, right));
        var first = a as Value;
        var second = b as Value;
        return (first ?? ToValue(g, a, second) ?? throw Missing(left), second ?? ToValue(g, b, first) ?? throw Missing(right));
    }

    /// <summary>The list of values that is the first argument.</summary>
    public IReadOnlyList<Value> List(Lowering g) => Call.Arguments.Count > 0 && Call.Arguments[0] is IReadOnlyList<object?> list
        ? [.. list.Select(item => ToValue(g, item, list.OfType<Value>().FirstOrDefault()) ?? throw Missing("values"))]
        : [.. Call.Arguments.OfType<Value>()];

    /// <summary>An argument or an option; null for none.</summary>
    public object? Argument(int position, string name)
    {
        if (position >= 0 && position < Call.Arguments.Count)
        {
            return Call.Arguments[position];
        }

        if (Call.Keywords.TryGetValue(name, out var value) && value is not null)
        {
            return value;
        }

        return Config.Find(name) is { } option ? NodeReader.ReadValue(option) : null;
    }

    public long Integer(string name, long otherwise, int position = -1) => Argument(position, name) is { } value ? Whole(value) ?? throw Missing(name) : otherwise;

    public double Double(string name, double otherwise, int position = -1) => Argument(position, name) is { } value ? Number(value) ?? throw Missing(name) : otherwise;

    public bool Flag(string name, bool otherwise = false, int position = -1) => Argument(position, name) is { } value ? value as bool? ?? throw Missing(name) : otherwise;

    public string? Text(string name, int position = -1) => Argument(position, name) is { } value ? value as string ?? throw Missing(name) : null;

    /// <summary>Axes or lengths: one or several; null for none.</summary>
    public long[]? Integers(string name, int position = -1) => Argument(position, name) switch
    {
        IReadOnlyList<object?> list when list.All(item => Whole(item) is not null) => [.. list.Select(item => Whole(item)!.Value)],
        var one => Whole(one) is { } whole ? [whole] : null,
    };

    /// <summary>The failure of an argument that is missing.</summary>
    public FlamaException Missing(string name) => KerasErrors.Invalid($"operation '{Name}' has no sensible '{name}'");

    private static long? Whole(object? value) => value switch
    {
        long whole => whole,
        double number when number == Math.Floor(number) && Math.Abs(number) < 1L << 53 => (long)number,
        bool flag => flag ? 1 : 0,
        _ => null,
    };

    private static double? Number(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        bool flag => flag ? 1 : 0,
        _ => null,
    };

    private static Value? ToValue(Lowering g, object? value, Value? like) => value switch
    {
        Value known => known,
        long whole => g.Scalar(whole, like?.Type ?? OnnxElementType.Int32),
        double number => g.Scalar(number, like is { IsFloat: true } ? like.Type : OnnxElementType.Float32),
        bool flag => g.Scalar(flag ? 1 : 0, like?.Type ?? OnnxElementType.Boolean),
        IReadOnlyList<object?> list when Shape(list) is { } shape => Array(g, list, shape, like),
        _ => null,
    };

    private static Value Array(Lowering g, IReadOnlyList<object?> list, long[] shape, Value? like)
    {
        List<double> numbers = [];
        Flatten(list, numbers);
        var isWhole = numbers.TrueForAll(number => number == Math.Floor(number)) && !HasDouble(list);
        var made = isWhole ? g.Constant<int>([.. numbers.Select(number => (int)number)], shape) : g.Constant<float>([.. numbers.Select(number => (float)number)], shape);
        return like is { IsFloat: true } ? g.Cast(made, like.Type) : made;
    }

    private static bool HasDouble(object? value) => value is double || (value is IReadOnlyList<object?> list && list.Any(HasDouble));

    private static void Flatten(object? value, List<double> numbers)
    {
        if (value is IReadOnlyList<object?> list)
        {
            foreach (var item in list)
            {
                Flatten(item, numbers);
            }
        }
        else
        {
            numbers.Add(Number(value) ?? throw KerasErrors.Invalid("a constant has something that is no number"));
        }
    }

    private static long[]? Shape(IReadOnlyList<object?> list)
    {
        List<long> shape = [];
        object? next = list;
        while (next is IReadOnlyList<object?> inner)
        {
            shape.Add(inner.Count);
            if (inner.Count == 0 || inner.Any(item => item is Graphs.Value or null or string))
            {
                return null;
            }

            next = inner[0];
        }

        return [.. shape];
    }
}
