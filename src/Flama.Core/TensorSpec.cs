namespace Flama;

/// <summary>One named tensor that a method takes. Immutable.</summary>
/// <param name="Name">The name, unique among the inputs of the method.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions; empty for a single value, null when the number of dimensions is not known.</param>
public sealed record TensorSpec(string Name, ElementType Type, IReadOnlyList<Dimension>? Shape)
{
    /// <summary>Whether a request may leave the tensor out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The specification as people write it: <c>x: float32[rows, 3]</c>.</summary>
    public override string ToString() => $"{Name}: {ElementTypes.NameOf(Type)}{(Shape is null ? "[…]" : $"[{string.Join(", ", Shape)}]")}";
}
