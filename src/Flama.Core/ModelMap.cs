namespace Flama;

/// <summary>Single values by key, as a dictionary of features or the probabilities of one row by label.</summary>
/// <remarks>Disposing it disposes the values. Any number of threads may read it.</remarks>
public sealed class ModelMap : ModelArray
{
    /// <summary>Makes a map, which owns the values from here on.</summary>
    /// <param name="keys">The keys: texts or whole numbers, all different.</param>
    /// <param name="values">A value per key.</param>
    /// <exception cref="ArgumentException">There are not as many keys as values.</exception>
    public ModelMap(IReadOnlyList<Scalar> keys, ModelTensor values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        if (keys.Count != values.Count)
        {
            throw new ArgumentException($"There are {keys.Count} keys for {values.Count} values.", nameof(keys));
        }

        Keys = keys;
        Values = values;
    }

    /// <summary>The keys.</summary>
    public IReadOnlyList<Scalar> Keys { get; }

    /// <summary>The values in the order of the keys.</summary>
    public ModelTensor Values { get; }

    /// <inheritdoc/>
    public override ElementType Type => Values.Type;

    /// <summary>One dimension: how many values there are.</summary>
    public override IReadOnlyList<long> Shape => [Keys.Count];

    /// <inheritdoc/>
    public override void Dispose() => Values.Dispose();
}
