namespace Flama;

/// <summary>One array that a method answered: a <see cref="PredictionBatch"/> of a table method or a <see cref="ModelTensor"/>.</summary>
public abstract class ModelArray : IDisposable
{
    private protected ModelArray()
    {
    }

    /// <summary>The type of the elements.</summary>
    public abstract ElementType Type { get; }

    /// <summary>The length of each dimension; empty for a single value.</summary>
    public abstract IReadOnlyList<long> Shape { get; }

    /// <summary>Gives the buffers back; reading the array afterwards throws <see cref="ObjectDisposedException"/>.</summary>
    public abstract void Dispose();
}
