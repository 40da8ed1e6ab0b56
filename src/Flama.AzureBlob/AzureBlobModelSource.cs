using System.Runtime.CompilerServices;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Flama.Hosting.Sources;

namespace Flama.AzureBlob;

/// <summary>Reads <c>az://container/name</c>: entity tags tell versions apart, ranges let a broken download go on. Thread-safe.</summary>
/// <param name="options">How the account is reached; null for what the environment says. Read at the first request.</param>
public sealed class AzureBlobModelSource(AzureBlobOptions? options = null) : IModelStore
{
    private const int NotModified = 304, PreconditionFailed = 412, RangeNotSatisfiable = 416;

    private readonly Lock sync = new();
    private BlobServiceClient? account;

    /// <inheritdoc/>
    public bool CanRead(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.IsAbsoluteUri && location.Scheme == "az";
    }

    /// <inheritdoc/>
    public async Task<SourceAnswer> ReadAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (container, name) = StoreLocation.OfObject(request.Location);
        var offset = request.Partial is null ? 0 : request.Offset;
        BlobDownloadOptions download = new() { Conditions = new BlobRequestConditions { IfNoneMatch = TagOf(request.Known) } };
        if (offset > 0)
        {
            download.Range = new HttpRange(offset);
            download.Conditions.IfMatch = TagOf(request.Partial);
        }

        try
        {
            var answer = await Account(request.Location).GetBlobContainerClient(container).GetBlobClient(name).DownloadStreamingAsync(download, cancellationToken);
            if (answer.GetRawResponse().Status == NotModified)
            {
                return SourceAnswer.Unchanged;
            }

            var found = answer.Value;
            return SourceAnswer.Of(found.Content, offset, offset + found.Details.ContentLength, found.Details.ETag.ToString("H"), found);
        }
        catch (RequestFailedException failure) when (failure.Status == NotModified)
        {
            return SourceAnswer.Unchanged;
        }
        catch (RequestFailedException failure) when (offset > 0 && failure.Status is PreconditionFailed or RangeNotSatisfiable)
        {
            return SourceAnswer.Changed;
        }
        catch (Exception failure) when (failure is RequestFailedException or AuthenticationFailedException)
        {
            throw Translate(request.Location, failure);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(Uri directory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (container, prefix) = StoreLocation.OfPrefix(directory);
        var found = Account(directory).GetBlobContainerClient(container).GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (found)
        {
            while (await MoveNextAsync(found, directory))
            {
                var properties = found.Current.Properties;
                yield return new(StoreLocation.At(directory, found.Current.Name), properties.ETag is { } tag ? tag.ToString("H") : "", properties.ContentLength ?? 0);
            }
        }
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<BlobItem> found, Uri directory)
    {
        try
        {
            return await found.MoveNextAsync();
        }
        catch (Exception failure) when (failure is RequestFailedException or AuthenticationFailedException)
        {
            throw Translate(directory, failure);
        }
    }

    private static ETag? TagOf(string? version) => version is null ? null : new ETag(version.Trim('"'));

    // What the service calls it tells enough; its sentences may quote signatures.
    private static Exception Translate(Uri location, Exception failure) => failure switch
    {
        RequestFailedException { Status: 0 } => new IOException("the connection broke", failure),
        RequestFailedException { Status: var status, ErrorCode: var code } => SourceFailure.OfStatus(location, status, code, failure),
        _ => SourceFailure.Unavailable(
            location,
            "no credentials are found",
            "Set AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN or AZURE_CLIENT_ID with a secret, or use the identity of the machine; for containers that everyone may read, set IsAnonymous (--server-source-anonymous).",
            failure),
    };

    private BlobServiceClient Account(Uri location)
    {
        lock (sync)
        {
            return account ??= AzureBlobClients.Make(options ?? new(), location);
        }
    }
}
