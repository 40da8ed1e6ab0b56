using System.Security.Cryptography;
using System.Text;

namespace Flama.Hosting.Sources;

/// <summary>Brings model files from elsewhere into a cache on this machine, complete or not at all. Thread-safe; several processes may share a cache.</summary>
/// <remarks>
/// A file is downloaded beside its place, checked, flushed to the disk and renamed over the one before: half a download is never at a path that <see cref="PullAsync(Uri, string, CancellationToken)"/> gave,
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
        return location.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
    }

    /// <summary>The name that the file of a location has in the cache.</summary>
    public static string NameOf(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        var name = string.Concat(Path.GetFileName(Uri.UnescapeDataString(location.AbsolutePath)).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')).TrimStart('.');
        return name.Length is 0 or > 100 || name is CacheEntry.Record or CacheEntry.Part ? "model" : name;
    }

    /// <summary>Brings a file into the cache, unless the one that is there is still the one.</summary>
    /// <param name="location">The file, such as <c>https://models.example.org/churn.flm</c>.</param>
    /// <param name="sha256">The digest that it must have, hexadecimal; null for any. Given, a file with it in the cache is not asked for again.</param>
    /// <param name="cancellationToken">Gives it up; what was downloaded is gone on with the next time.</param>
    /// <returns>The file in the cache. Where the source cannot be asked, or the cache cannot be written, and a file is there from before, that one with a warning.</returns>
    /// <exception cref="FlamaException">
    /// The source cannot be asked and nothing is there from before (<see cref="ErrorCodes.SourceUnavailable"/>), the file is not the one that was asked for
    /// (<see cref="ErrorCodes.ChecksumMismatch"/>), is too large (<see cref="ErrorCodes.LimitExceeded"/>), or the cache cannot be written (<see cref="ErrorCodes.FileUnwritable"/>). What is in the
    /// cache stays.
    /// </exception>
    public Task<PulledFile> PullAsync(Uri location, string? sha256 = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(location);
        return PullAsync(location, cached => sha256 is not null && string.Equals(cached.Sha256, sha256, StringComparison.OrdinalIgnoreCase), sha256, cancellationToken);
    }

    /// <summary>Brings an object of a listing into the cache, as <see cref="PullAsync(Uri, string, CancellationToken)"/>; one of the same version in the cache is not asked for again.</summary>
    internal Task<PulledFile> PullAsync(StoredObject found, CancellationToken cancellationToken) =>
        PullAsync(found.Location, cached => cached.Version == found.Version && cached.Length == found.Length, null, cancellationToken);

    /// <summary>Where the file of a location is, or will be.</summary>
    internal string PathOf(Uri location) => EntryOf(location).Path;

    private async Task<PulledFile> PullAsync(Uri location, Func<CacheRecord, bool> isWanted, string? sha256, CancellationToken cancellationToken)
    {
        var source = SourceOf(location);
        var entry = EntryOf(location);
        var cached = entry.Read();
        if (cached is not null && isWanted(cached))
        {
            return new(entry.Path, IsNew: false, cached.Sha256);
        }

        try
        {
            return await new SourceDownload(source, location, entry, options).RunAsync(sha256, cancellationToken);
        }
        catch (FlamaException failure) when (cached is not null && sha256 is null && (failure.Code == ErrorCodes.SourceUnavailable || failure.Code == ErrorCodes.FileUnwritable))
        {
            return new(entry.Path, IsNew: false, cached.Sha256, failure.Message);
        }
    }

    /// <summary>Where the listing of a prefix is kept.</summary>
    internal ListingFile ListingOf(Uri directory) => new(DirectoryOf(directory));

    /// <summary>Lists the objects of a store below a prefix.</summary>
    /// <param name="directory">The prefix, such as <c>s3://bucket/models</c>.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="FlamaException">The location is not of a store, or the store does not answer or does not allow it (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    public async Task<IReadOnlyList<StoredObject>> ListAsync(Uri directory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (SourceOf(directory) is not IModelStore store)
        {
            throw SourceFailure.Unavailable(directory, $"'{directory.Scheme}' has no listing of files", "Take a directory, or a store of objects such as s3://, az:// or gs://");
        }

        List<StoredObject> found = [];
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(SourceDownload.AnswerTimeout);
        try
        {
            await foreach (var one in store.ListAsync(directory, waiting.Token))
            {
                waiting.CancelAfter(SourceDownload.AnswerTimeout);
                found.Add(one);
            }
        }
        catch (IOException failure)
        {
            throw SourceFailure.Unavailable(directory, failure.Message.TrimEnd('.'), "Try again.", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw SourceFailure.Unavailable(directory, "nothing came in time", "Try again.", failure);
        }

        return found;
    }

    /// <summary>Closes connections.</summary>
    public void Dispose()
    {
        foreach (var source in sources)
        {
            (source as IDisposable)?.Dispose();
        }
    }

    private CacheEntry EntryOf(Uri location) => new(DirectoryOf(location), NameOf(location));

    private IModelSource SourceOf(Uri location)
    {
        var source = sources.Find(candidate => candidate.CanRead(location)) ?? throw new FlamaException(
            ErrorCodes.SourceUnavailable, $"No source reads '{Show(location)}'.", "Check what stands before '://': https, http, or that of a store of objects whose package is in use.");
        return options.Allows(location) ? source : throw SourceFailure.Unavailable(location, "its host is not among those that are allowed");
    }

    private string DirectoryOf(Uri location) => Path.Combine(options.CacheDirectory, KeyOf(location));

    private static string KeyOf(Uri location) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(location.AbsoluteUri)))[..32];
}
