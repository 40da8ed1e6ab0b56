using System.Globalization;

namespace Flama.AspNetCore.Streaming;

/// <summary>Which part of a stream something is.</summary>
/// <param name="Unit">What the stream is divided into, and the member of an error object that has the number.</param>
/// <param name="Number">The number, from 1.</param>
internal readonly record struct StreamPart(string Unit, long Number)
{
    /// <summary>A line of a body; lines without rows count too.</summary>
    public static StreamPart Line(long number) => new("line", number);

    /// <summary>A message of a connection.</summary>
    public static StreamPart Message(long number) => new("message", number);

    /// <summary>The part for messages that begin with <c>The</c>. A line tells its number as the position of what is wrong.</summary>
    public string Subject => IsLine ? "input" : string.Create(CultureInfo.InvariantCulture, $"input of {this}");

    /// <summary>Which line of the stream the part begins at, as far as the stream has lines.</summary>
    public long FirstLine => IsLine ? Number : 1;

    private bool IsLine => string.Equals(Unit, "line", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Unit} {Number}");
}
