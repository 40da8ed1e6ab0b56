using System.Globalization;

namespace Flama;

/// <summary>One dimension of an array as a specification gives it: a fixed length, a named one that inputs share, or any length.</summary>
/// <param name="Length">The fixed length, 0 or more; null when it is not fixed.</param>
/// <param name="Symbol">The name of a length that is not fixed: dimensions of the same name have the same length in one request. Null for any length.</param>
public readonly record struct Dimension(long? Length, string? Symbol = null)
{
    /// <summary>The dimension of the rows of a table, or of the examples of a batch.</summary>
    public static Dimension Rows { get; } = new(null, "rows");

    /// <summary>Any length.</summary>
    public static Dimension Any => default;

    /// <summary>A fixed length.</summary>
    public static implicit operator Dimension(long length) => FromInt64(length);

    /// <summary>A fixed length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static Dimension FromInt64(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new(length);
    }

    /// <inheritdoc/>
    public override string ToString() => Length?.ToString(CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
