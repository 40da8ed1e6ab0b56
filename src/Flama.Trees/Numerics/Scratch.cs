namespace Flama.Trees.Numerics;

/// <summary>A rented buffer of float64 that goes back at the end of a <c>using</c>.</summary>
internal readonly ref struct Scratch
{
    private readonly double[] array;

    /// <summary>Rents a buffer; its numbers are not initialised.</summary>
    public Scratch(int length)
    {
        array = BufferPool<double>.Rent(length);
        Span = array.AsSpan(0, length);
    }

    /// <summary>The numbers.</summary>
    public Span<double> Span { get; }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => BufferPool<double>.Return(array);
}
