namespace Flama.Keras.Models;

/// <summary>One call of a layer: operands and plain values, nested as the call has them. Immutable.</summary>
/// <param name="Arguments">By position.</param>
/// <param name="Keywords">By name.</param>
internal sealed record LayerNode(IReadOnlyList<object?> Arguments, IReadOnlyDictionary<string, object?> Keywords)
{
    /// <summary>All calls that this one needs.</summary>
    public IReadOnlyList<Operand> Operands { get; } = [.. Find(Arguments), .. Find(Keywords.Values)];

    private static IEnumerable<Operand> Find(IEnumerable<object?> values)
    {
        Stack<object?> left = new(values);
        while (left.TryPop(out var next))
        {
            switch (next)
            {
                case Operand operand:
                    yield return operand;
                    break;
                case IReadOnlyList<object?> list:
                    foreach (var item in list)
                    {
                        left.Push(item);
                    }

                    break;
                case IReadOnlyDictionary<string, object?> named:
                    foreach (var item in named.Values)
                    {
                        left.Push(item);
                    }

                    break;
            }
        }
    }
}
