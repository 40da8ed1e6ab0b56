namespace Flama;

/// <summary>The named tensors that a method takes. Immutable.</summary>
/// <param name="Tensors">The tensors in the model's order; none for a method that answers the same each time.</param>
public sealed record TensorsSpec(IReadOnlyList<TensorSpec> Tensors) : InputSpec
{
    /// <summary>Finds a tensor by its name; null when the method does not take it.</summary>
    public TensorSpec? Find(string name)
    {
        foreach (var tensor in Tensors)
        {
            if (string.Equals(tensor.Name, name, StringComparison.Ordinal))
            {
                return tensor;
            }
        }

        return null;
    }
}
