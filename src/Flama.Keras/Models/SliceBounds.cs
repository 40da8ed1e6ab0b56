namespace Flama.Keras.Models;

/// <summary>A slice of Python: <c>start:stop:step</c>. An ellipsis has no bounds and is told apart.</summary>
internal sealed record SliceBounds(long? Start, long? Stop, long? Step)
{
    /// <summary>The dimensions between: <c>…</c>.</summary>
    public bool IsEllipsis { get; init; }
}
