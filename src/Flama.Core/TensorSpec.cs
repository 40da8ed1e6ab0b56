namespace Flama;

/// <summary>One named tensor that a method takes. Immutable.</summary>
/// <param name="Name">The name, unique among the inputs of the method.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions; empty for a single value, null when the number of dimensions is not known.</param>
public sealed record TensorSpec(string Name, ElementType Type, IReadOnlyList<Dimension>? Shape)
{
    /// <summary>Whether a request may leave the tensor out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether <see cref="Type"/> is only the likeliest one: a request may give another, and a list of booleans, or of numbers with fractions, tells its own. Default false.</summary>
    public bool IsTypeOpen { get; init; }

    /// <summary>What it is made of; <see cref="Shape"/> is that of each tensor in it. Default one tensor.</summary>
    public ArrayStructure Structure { get; init; }

    /// <summary>The type of the keys of a map: text or whole numbers. Default text.</summary>
    public ElementType KeyType { get; init; } = ElementType.String;

    /// <summary>What the elements stand for; <see cref="Shape"/> is null where it is not <see cref="InputContent.Elements"/>: one text or image alone, or a list of them. Default the elements themselves.</summary>
    public InputContent Content { get; init; }

    /// <summary>The specification as people write it: <c>x: float32[rows, 3]</c>.</summary>
    public override string ToString() => $"{Name}: {Structure switch
    {
        _ when Content == InputContent.Text => "a text, or a list of texts",
        _ when Content == InputContent.Image => "a PNG or JPEG image in base64, or a list of them",
        ArrayStructure.Sequence => $"sequence of {OfOne}",
        ArrayStructure.Map => $"map of {ElementTypes.NameOf(KeyType)} to {ElementTypes.NameOf(Type)}",
        ArrayStructure.Maps => $"sequence of maps of {ElementTypes.NameOf(KeyType)} to {ElementTypes.NameOf(Type)}",
        _ => OfOne,
    }}";

    private string OfOne => $"{(IsTypeOpen ? "any" : ElementTypes.NameOf(Type))}{(Shape is null ? "[…]" : $"[{string.Join(", ", Shape)}]")}";
}
