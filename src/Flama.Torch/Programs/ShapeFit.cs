using System.Globalization;

namespace Flama.Torch.Programs;

/// <summary>Puts what a user tells of inputs into what a program says of them.</summary>
internal static class ShapeFit
{
    // A length that is open is lowered for this one, where the program has no example.
    private const long AnyLength = 2;

    /// <summary>The inputs of a method with the shapes that were told.</summary>
    /// <param name="arrays">The arrays of the method.</param>
    /// <param name="shapes">What was told.</param>
    /// <param name="isMain">Whether shapes without a name are meant for this method.</param>
    /// <exception cref="FlamaException">A shape contradicts the program.</exception>
    public static ProgramInput[] Apply(IReadOnlyList<ProgramInput> arrays, IReadOnlyList<InputShape> shapes, bool isMain)
    {
        var told = arrays.ToArray();
        foreach (var shape in shapes)
        {
            var at = shape.Name is { } name ? Array.FindIndex(told, input => string.Equals(input.Name, name, StringComparison.Ordinal)) : isMain && told.Length == 1 ? 0 : -1;
            if (at >= 0)
            {
                told[at] = Apply(told[at], shape);
            }
        }

        return told;
    }

    /// <summary>Refuses shapes that no method of a program has an input for.</summary>
    /// <exception cref="FlamaException">There is one.</exception>
    public static void Check(IReadOnlyList<ProgramMethod> methods, IReadOnlyList<InputShape> shapes)
    {
        foreach (var shape in shapes)
        {
            var fits = shape.Name is { } name
                ? methods.Any(method => Array.Exists(method.Arrays, input => string.Equals(input.Name, name, StringComparison.Ordinal)))
                : methods[0].Arrays.Length == 1;
            if (!fits)
            {
                throw Wrong(shape, shape.Name is null ? $"names no input, and the model has {methods[0].Arrays.Length}" : "names an input that the model does not have", $"Its inputs are: {string.Join(", ", methods[0].Arrays.Select(input => SafeText.OneLine(input.Name, 60)))}.");
            }
        }
    }

    private static ProgramInput Apply(ProgramInput input, InputShape shape)
    {
        if (input.Kind != InputKind.Tensor)
        {
            throw Wrong(shape, "is for an input that is no tensor", null);
        }

        if (shape.Type is { } given && TorchTypeOf(shape, given) is var type && input.Type is { } own && own != type)
        {
            throw Wrong(shape, $"is of another type than the model's {ElementTypes.NameOf(Archives.TorchTypes.ToElementType(own))}", null);
        }

        input = input with { Type = input.Type ?? (shape.Type is { } told ? TorchTypeOf(shape, told) : null) };
        if (shape.Lengths is not { } lengths)
        {
            return input;
        }

        var fixedShape = new long?[lengths.Count];
        var example = new long[lengths.Count];
        if (input.Shape is { } known && known.Count != lengths.Count)
        {
            throw Wrong(shape, $"has {lengths.Count} dimensions, and the model takes {known.Count}", null);
        }

        for (var i = 0; i < lengths.Count; i++)
        {
            var fromFile = input.Shape?[i];
            if (fromFile is { } length && lengths[i].Length is { } other && length != other)
            {
                throw Wrong(shape, string.Create(CultureInfo.InvariantCulture, $"has a dimension of {other} where the model takes {length}"), null);
            }

            fixedShape[i] = fromFile ?? lengths[i].Length;
            example[i] = fixedShape[i] ?? (input.Example?.Count == lengths.Count ? input.Example[i] : AnyLength);
        }

        return input with { Shape = fixedShape, Example = example };
    }

    private static Archives.TorchType TorchTypeOf(InputShape shape, ElementType type) => Archives.TorchTypes.Of(type) ?? throw Wrong(shape, "is of a type that PyTorch does not have", null);

    private static FlamaException Wrong(InputShape shape, string what, string? remedy) =>
        new(ErrorCodes.InvalidOption, $"The input shape '{SafeText.OneLine(shape.ToString(), 100)}' {what}.", remedy ?? "Give the shape of an input as the model was made for it, or leave it out.");
}
