namespace Flama;

/// <summary>The tensors that a method computes with, by name. Disposing it disposes them.</summary>
/// <remarks>Any number of threads may read it.</remarks>
public sealed class TensorInputs : ModelInput
{
    private readonly string[] names;
    private readonly ModelTensor[] tensors;

    /// <summary>Makes the inputs, which own the tensors from here on.</summary>
    /// <param name="tensors">The tensors by name, in any order; one or more.</param>
    /// <exception cref="ArgumentException">There is no tensor, or two have the same name.</exception>
    public TensorInputs(params IReadOnlyCollection<KeyValuePair<string, ModelTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentOutOfRangeException.ThrowIfZero(tensors.Count, nameof(tensors));
        names = [.. tensors.Select(tensor => tensor.Key)];
        this.tensors = [.. tensors.Select(tensor => tensor.Value)];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw new ArgumentException("Two tensors have the same name.", nameof(tensors));
        }
    }

    /// <summary>How many tensors there are.</summary>
    public int Count => tensors.Length;

    /// <summary>The names of the tensors.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>A tensor by its position.</summary>
    public ModelTensor this[int index] => tensors[index];

    /// <summary>A tensor by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    public ModelTensor this[string name] => Find(name) ?? throw new KeyNotFoundException($"There is no tensor '{name}' among {string.Join(", ", names)}.");

    /// <summary>The first dimension of the first tensor; 1 for a single value.</summary>
    public override int Rows => tensors[0].Shape is [var rows, ..] ? (int)Math.Min(rows, int.MaxValue) : 1;

    /// <summary>Finds a tensor by its name; null when there is none.</summary>
    public ModelTensor? Find(string name)
    {
        var index = Array.IndexOf(names, name);
        return index < 0 ? null : tensors[index];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
