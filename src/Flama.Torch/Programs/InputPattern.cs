using Flama.Torch.Archives;

namespace Flama.Torch.Programs;

/// <summary>What a graph is lowered for at one input: a type and a number of dimensions, or a value, or that it is left out. Immutable.</summary>
internal sealed record InputPattern
{
    public static InputPattern Missing { get; } = new() { IsMissing = true };

    public bool IsMissing { get; private init; }

    public TorchType Type { get; private init; }

    /// <summary>The lengths at hand.</summary>
    public IReadOnlyList<long> Shape { get; private init; } = [];

    /// <summary>Lengths that the program fixes; null where it does not.</summary>
    public IReadOnlyList<long?>? Fixed { get; private init; }

    /// <summary>The value of an input that is no value of the graph.</summary>
    public object? Value { get; private init; }

    public static InputPattern OfTensor(TorchType type, IReadOnlyList<long> shape, IReadOnlyList<long?>? fixedShape = null) => new() { Type = type, Shape = shape, Fixed = fixedShape };

    public static InputPattern OfValue(object value) => new() { Value = value };

    /// <summary>The pattern of an array that a caller gives.</summary>
    /// <exception cref="FlamaException">It is not what the input takes.</exception>
    public static InputPattern Of(ProgramInput input, ModelArray? array)
    {
        if (array is null or MissingArray)
        {
            return Missing;
        }

        if (array is not ModelTensor tensor)
        {
            throw Wrong(input, "one tensor");
        }

        if (input.IsStatic)
        {
            return OfValue(ValueOf(input, tensor));
        }

        var type = TorchTypes.Of(tensor.Type) ?? throw Wrong(input, "numbers");
        if (input.Shape is { } shape && (shape.Count != tensor.Shape.Count || Enumerable.Range(0, shape.Count).Any(i => shape[i] is { } length && length != tensor.Shape[i])))
        {
            throw TorchErrors.Input($"The input '{SafeText.OneLine(input.Name, 60)}' has the shape [{string.Join(", ", tensor.Shape)}]; [{string.Join(", ", shape.Select(static length => length?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))}] is expected.");
        }

        return OfTensor(type, tensor.Shape, input.Shape);
    }

    /// <summary>Whether an array is of this pattern; lengths may differ.</summary>
    public bool Fits(ModelArray? array)
    {
        if (array is null or MissingArray)
        {
            return IsMissing;
        }

        if (IsMissing || array is not ModelTensor tensor)
        {
            return false;
        }

        return Value is null ? TorchTypes.Of(tensor.Type) == Type && tensor.Shape.Count == Shape.Count && FitsFixed(tensor) : Equals(tensor);
    }

    private bool FitsFixed(ModelTensor tensor)
    {
        for (var i = 0; Fixed is not null && i < Fixed.Count; i++)
        {
            if (Fixed[i] is { } length && length != tensor.Shape[i])
            {
                return false;
            }
        }

        return true;
    }

    private bool Equals(ModelTensor tensor) => Value switch
    {
        IReadOnlyList<string?> texts => tensor.Type == ElementType.String && tensor.Texts.SequenceEqual([.. texts]),
        string text => tensor.Type == ElementType.String && tensor.Count == 1 && string.Equals(tensor.Texts[0], text, StringComparison.Ordinal),
        _ => tensor.Count == 1 && tensor.Type != ElementType.String && NumberOf(tensor).Equals(SymOf(Value!)),
    };

    private static double SymOf(object value) => Lowering.SymMath.ToDouble(value);

    private static double NumberOf(ModelTensor tensor) => tensor.Type switch
    {
        ElementType.Int64 => tensor.Elements<long>()[0],
        ElementType.Int32 => tensor.Elements<int>()[0],
        ElementType.Boolean => tensor.Bytes[0],
        ElementType.Float64 => tensor.Elements<double>()[0],
        ElementType.Float32 => tensor.Elements<float>()[0],
        _ => double.NaN,
    };

    private static object ValueOf(ProgramInput input, ModelTensor tensor)
    {
        if (tensor.Type == ElementType.String)
        {
            return input.Kind switch
            {
                InputKind.TextList => tensor.Texts.ToArray(),
                InputKind.Text when tensor.Count == 1 => tensor.Texts[0] ?? "",
                _ => throw Wrong(input, "a number"),
            };
        }

        if (tensor.Count != 1 || input.Kind is InputKind.Text or InputKind.TextList || NumberOf(tensor) is not (var number and not double.NaN))
        {
            throw Wrong(input, input.Kind is InputKind.Text or InputKind.TextList ? "text" : "one number");
        }

        return input.Kind switch
        {
            InputKind.Integer => (long)number,
            InputKind.Boolean => number != 0,
            _ => number,
        };
    }

    private static FlamaException Wrong(ProgramInput input, string expected) => TorchErrors.Input($"The input '{SafeText.OneLine(input.Name, 60)}' is to be {expected}.");
}
