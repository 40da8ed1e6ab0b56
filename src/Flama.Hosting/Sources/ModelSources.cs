using System.Security.Cryptography;
using System.Text;

namespace Flama.Hosting.Sources;

/// <summary>Brings model files from elsewhere into a cache on this machine, complete or not at all. Thread-safe; several processes may share a cache.</summary>
/// <remarks>
/// A file is downloaded beside its place, checked, flushed to the disk and renamed over the one before: half a download is never at a path that <see cref="PullAsync"/> gave,
/// whatever ends the process. What was downloaded of a file that has not changed since is not downloaded again.
/// </remarks>
public sealed class ModelSources : IDisposable
{
    private readonly List<IModelSource> sources;
    private readonly SourceOptions options;

    /// <summary>Makes the sources: HTTP and HTTPS, and others.</summary>
    /// <param name="options">What is allowed; null for the defaults.</param>
    /// <param name="others">Other kinds of locations; they are asked first.</param>
    public ModelSources(SourceOptions? options = null, params IReadOnlyList<IModelSource> others)
    {
        this.options = options ?? new();
        sources = [.. others, new HttpModelSource(this.options)];
    }

    /// <summary>Whether a text names a file elsewhere, rather than a path.</summary>
    public static bool IsLocation(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.IndexOf("://", StringComparison.Ordinal) > 1 && Uri.TryCreate(text, UriKind.Absolute, out var location) && !location.IsFile;
    }

    /// <summary>A location without what may be secret in it: for messages and logs.</summary>
    public static string Show(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.GetComponents(UriComponents.Scheme | UriComponents.HostAndPort | UriComponents.Path, UriFormat.UriEscaped);
    }

    /// <summary>Brings a file into the cache, unless the one that is there is still the one.</summary>
    /// <param name="location">The file, such as <c>https://models.example.org/churn.flm</c>.</param>
    /// <param name="sha256">The digest that it must have, hexadecimal; null for any. Given, a file with it in the cache is not asked for again.</param>
    /// <param name="cancellationToken">Gives it up; what was downloaded is gone on with the next time.</param>
    /// <returns>The file in the cache. Where the source cannot be asked and a file is there from before, that one with a warning.</returns>
    /// <exception cref="FlamaException">
    /// The source cannot be asked and nothing is there from before (<see cref="ErrorCodes.SourceUnavailable"/>), the file is not the one that was asked for
    /// (<see cref="ErrorCodes.ChecksumMismatch"/>), is too large (<see cref="ErrorCodes.LimitExceeded"/>), or the cache cannot be written (<see cref="ErrorCodes.FileUnwritable"/>). What is in the
    /// cache stays.
    /// </exception>
    public async Task<PulledFile> PullAsync(Uri location, string? sha256 = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(location);
        var source = sources.Find(candidate => candidate.CanRead(location)) ?? throw new FlamaException(
            ErrorCodes.SourceUnavailable, $"No source reads '{Show(location)}'.", "Locations start with https:// or http://");
        CacheEntry entry = new(Path.Combine(options.CacheDirectory, KeyOf(location)), NameOf(location));
        var cached = entry.Read();
        if (sha256 is not null && cached is not null && string.Equals(cached.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
        {
            return new(entry.Path, IsNew: false, cached.Sha256);
        }

        try
        {
            return await new SourceDownload(source, location, entry, options).RunAsync(sha256, cancellationToken);
        }
        catch (FlamaException failure) when (cached is not null && sha256 is null && failure.Code == ErrorCodes.SourceUnavailable)
        {
            return new(entry.Path, IsNew: false, cached.Sha256, failure.Message);
        }
    }

    /// <summary>Closes connections.</summary>
    public void Dispose()
    {
        foreach (var source in sources)
        {
            (source as IDisposable)?.Dispose();
        }
    }

    private static string KeyOf(Uri location) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(location.AbsoluteUri)))[..32];

    private static string NameOf(Uri location)
    {
        var name = string.Concat(Path.GetFileName(Uri.UnescapeDataString(location.AbsolutePath)).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')).TrimStart('.');
        return name.Length is 0 or > 100 || name is CacheEntry.Record or CacheEntry.Part ? "model" : name;
    }
}
