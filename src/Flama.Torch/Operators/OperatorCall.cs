using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators;

/// <summary>A call of an operator with its arguments by name.</summary>
internal sealed partial class OperatorCall(string operation, IReadOnlyDictionary<string, object?> arguments, GraphWriter graph, OperatorCaller caller)
{
    /// <summary>The operator's name.</summary>
    public string Operator => operation;

    public GraphWriter Graph => graph;

    public OperatorCaller Caller => caller;

    /// <summary>Calls another operator.</summary>
    public Tensor Call(string other, params object?[] positional) => (Tensor)caller.Call(other, positional, [])!;

    /// <summary>Calls another operator that gives several results.</summary>
    /// <param name="count">How many are needed.</param>
    /// <param name="other">The operator.</param>
    /// <param name="positional">Its arguments.</param>
    public IReadOnlyList<object?> CallMany(int count, string other, params object?[] positional) =>
        ItemsOf(caller.Call(other, positional, [])) is var items && items.Count == count ? items : throw Refused($"'{other}' gives {items.Count} results, not {count}");

    /// <summary>Whether the overload has an argument of that name.</summary>
    public bool Has(string argument) => arguments.ContainsKey(argument);

    public object? Get(string argument) => arguments.TryGetValue(argument, out var value) ? value : throw new InvalidOperationException($"'{operation}' has no argument '{argument}'.");

    /// <summary>A tensor; a number becomes one without dimensions.</summary>
    public Tensor Tensor(string argument) => FindTensor(argument) ?? throw Refused($"'{argument}' is None");

    public Tensor? FindTensor(string argument) => Get(argument) is { } value ? TensorOf(value) : null;

    public Tensor TensorOf(object? value) => value switch
    {
        Tensor tensor => tensor,
        bool => graph.OfNumber(value, TorchType.Bool, isNumber: true),
        long or Sym => OfWhole(value),
        double => graph.OfNumber(value, TorchType.Float, isNumber: true),
        _ => throw Refused("a tensor is expected"),
    };

    public bool Bool(string argument) => Get(argument) switch
    {
        bool truth => truth,
        Sym sym => caller.Truth(sym) ?? throw Refused($"'{argument}' depends on what tensors hold"),
        null => false,
        long whole => whole != 0,
        _ => throw Refused($"'{argument}' is not a truth value"),
    };

    /// <summary>A whole number that has to be known.</summary>
    public long Int(string argument) => FindInt(argument) ?? throw Refused($"'{argument}' is None");

    public long? FindInt(string argument) => Get(argument) is { } value ? caller.Whole(value, $"'{argument}' of aten::{operation}") : null;

    /// <summary>A length, which need not be known: a long or a <see cref="Sym"/>.</summary>
    public object Size(string argument) => caller.Number(Get(argument)) ?? throw Refused($"'{argument}' is not a number");

    public object? FindSize(string argument) => Get(argument) is { } value ? caller.Number(value) ?? throw Refused($"'{argument}' is not a number") : null;

    public double Double(string argument) => FindDouble(argument) ?? throw Refused($"'{argument}' is None");

    public double? FindDouble(string argument) => Get(argument) is { } value ? caller.Known(value, $"'{argument}' of aten::{operation}") : null;

    public string Text(string argument) => Get(argument) as string ?? throw Refused($"'{argument}' is not a text");

    /// <summary>A type of elements; null where none is given.</summary>
    public TorchType? Type(string argument) => Get(argument) switch
    {
        null => null,
        long number => (TorchType)number,
        TorchType type => type,
        _ => throw Refused($"'{argument}' is not a type"),
    };

    /// <summary>Whole numbers that have to be known; null where none are given.</summary>
    public long[]? FindInts(string argument) => FindSizes(argument)?.Select(value => caller.Whole(value, $"'{argument}' of aten::{operation}")).ToArray();

    public long[] Ints(string argument) => FindInts(argument) ?? throw Refused($"'{argument}' is None");

    /// <summary>As the other; a single number is repeated.</summary>
    public long[] Ints(string argument, int count) => FindInts(argument) switch
    {
        [var single] => [.. Enumerable.Repeat(single, count)],
        { } many when many.Length == count => many,
        _ => throw Refused($"'{argument}' is not {count} numbers"),
    };

    /// <summary>Lengths, which need not be known; null where none are given.</summary>
    public object[]? FindSizes(string argument) => Get(argument) switch
    {
        null => null,
        var value when caller.Number(value) is { } single => [single],
        var value => [.. ItemsOf(value).Select(item => caller.Number(item) ?? throw Refused($"'{argument}' is not a list of numbers"))],
    };

    public object[] Sizes(string argument) => FindSizes(argument) ?? throw Refused($"'{argument}' is None");

    public object[] Sizes(string argument, int count) => [.. Exactly(Sizes(argument), count, argument)];

    public double[]? FindDoubles(string argument, int count) => FindDoubles(argument) is { } given ? [.. Exactly(given, count, argument)] : null;

    public double[]? FindDoubles(string argument) => Get(argument) is { } value ? [.. ItemsOf(value).Select(item => caller.Known(item, $"'{argument}' of aten::{operation}"))] : null;

    /// <summary>Tensors, one at least.</summary>
    public IReadOnlyList<Tensor> Tensors(string argument) => ItemsOf(Get(argument)) is { Count: > 0 } items ? [.. items.Select(TensorOf)] : throw Refused($"'{argument}' is empty");

    /// <summary>As many tensors as are needed.</summary>
    public IReadOnlyList<Tensor> Tensors(string argument, int count) => Exactly(Tensors(argument), count, argument);

    public IReadOnlyList<Tensor?> OptionalTensors(string argument) => [.. ItemsOf(Get(argument)).Select(item => item is null ? null : TensorOf(item))];

    private IReadOnlyList<T> Exactly<T>(IReadOnlyList<T> items, int count, string argument) => items.Count == count ? items : throw Refused($"'{argument}' has {items.Count} items, not {count}");

    public IReadOnlyList<object?> ItemsOf(object? value) => value switch
    {
        PythonList list => list.Items,
        PythonTuple tuple => tuple.Items,
        object?[] array => array,
        _ => throw Refused("a list is expected"),
    };

    public PythonList List(IEnumerable<object?> items) => new([.. items], graph.Scope);

    public static PythonTuple Tuple(params object?[] items) => new(items);

    /// <summary>A dimension counted from the front.</summary>
    public int Dim(long dimension, int rank)
    {
        var count = Math.Max(rank, 1);
        return dimension >= -count && dimension < count ? (int)(dimension < 0 ? dimension + count : dimension) : throw Refused($"there is no dimension {dimension} of {rank}");
    }

    /// <summary>Takes room for numbers that are computed now.</summary>
    /// <param name="lengths">Their number is the product of these.</param>
    /// <exception cref="FlamaException">It is negative, or more than a program may make.</exception>
    public int Room(params ReadOnlySpan<long> lengths) => graph.Room(lengths) ?? throw Refused($"[{string.Join(", ", lengths.ToArray())}] numbers are more than are made");

    public FlamaException Refused(string why) => TorchErrors.Unsupported($"aten::{operation} {caller.Place}: {why}");

    private Tensor OfWhole(object value) => (value as Sym)?.Kind == typeof(double) ? graph.OfNumber(value, TorchType.Float, isNumber: true)
        : (value as Sym)?.Kind == typeof(bool) ? graph.OfNumber(value, TorchType.Bool, isNumber: true)
        : graph.OfNumber(value, TorchType.Int64, isNumber: true);
}
