using System.Globalization;

namespace Flama.Hosting.Sources;

/// <summary>Makes the exceptions of sources, for those who write one.</summary>
public static class SourceFailure
{
    /// <summary>What a source throws for an answer that is not the file.</summary>
    /// <param name="location">The file.</param>
    /// <param name="status">The status code of HTTP.</param>
    /// <param name="code">What the source calls it, one word; null for nothing.</param>
    /// <param name="inner">The exception behind it; null for none.</param>
    /// <returns>An <see cref="IOException"/> where trying again may help, else a <see cref="FlamaException"/> (<see cref="ErrorCodes.SourceUnavailable"/>).</returns>
    public static Exception OfStatus(Uri location, int status, string? code = null, Exception? inner = null)
    {
        var why = string.Create(CultureInfo.InvariantCulture, $"it answers {status}{(string.IsNullOrEmpty(code) ? "" : $" ({SafeText.OneLine(code, 60)})")}");
        return status is 408 or 429 or >= 500 ? new IOException(why, inner) : Unavailable(location, why, inner: inner);
    }

    /// <summary>The file cannot be read, and trying again does not help.</summary>
    /// <param name="location">The file.</param>
    /// <param name="why">Why: the end of a sentence, without secrets.</param>
    /// <param name="remedy">What to do; null for the general advice.</param>
    /// <param name="inner">The exception behind it; null for none.</param>
    public static FlamaException Unavailable(Uri location, string why, string? remedy = null, Exception? inner = null)
    {
        ArgumentNullException.ThrowIfNull(location);
        return new(
            ErrorCodes.SourceUnavailable, $"'{ModelSources.Show(location)}' cannot be read: {why}.", remedy ?? "Check the address, and what the server allows.", inner);
    }
}
