using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Flama.Hosting.Sources;

namespace Flama.S3;

/// <summary>Reads <c>s3://bucket/name</c>: entity tags tell versions apart, ranges let a broken download go on. Thread-safe.</summary>
/// <param name="options">How S3 is reached; null for what the environment says. Read at the first request.</param>
public sealed class S3ModelSource(S3Options? options = null) : IModelStore, IDisposable
{
    // A failure is not kept: a profile may come to be.
    private readonly Lazy<AmazonS3Client> client = new(() => Connect(options ?? new()), LazyThreadSafetyMode.PublicationOnly);

    /// <inheritdoc/>
    public bool CanRead(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.IsAbsoluteUri && location.Scheme == "s3";
    }

    /// <inheritdoc/>
    public async Task<SourceAnswer> ReadAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (bucket, key) = StoreLocation.OfObject(request.Location);
        GetObjectRequest get = new() { BucketName = bucket, Key = key, EtagToNotMatch = request.Known };
        var offset = request.Partial is null ? 0 : request.Offset;
        if (offset > 0)
        {
            get.ByteRange = new ByteRange($"bytes={offset}-");
            get.EtagToMatch = request.Partial;
        }

        try
        {
            var answer = await client.Value.GetObjectAsync(get, cancellationToken);
            if (offset > 0 && (answer.ETag != request.Partial || answer.HttpStatusCode != HttpStatusCode.PartialContent))
            {
                // There are stores that do not know of conditions.
                answer.Dispose();
                return SourceAnswer.Changed;
            }

            return SourceAnswer.Of(answer.ResponseStream, offset, offset + answer.ContentLength, answer.ETag, answer);
        }
        catch (AmazonServiceException failure) when (failure.StatusCode == HttpStatusCode.NotModified)
        {
            return SourceAnswer.Unchanged;
        }
        catch (AmazonServiceException failure) when (offset > 0 && failure.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return SourceAnswer.Changed;
        }
        catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw Translate(request.Location, failure);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(Uri directory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (bucket, prefix) = StoreLocation.OfPrefix(directory);
        ListObjectsV2Request list = new() { BucketName = bucket, Prefix = prefix };
        do
        {
            ListObjectsV2Response page;
            try
            {
                page = await client.Value.ListObjectsV2Async(list, cancellationToken);
            }
            catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or HttpRequestException)
            {
                throw Translate(directory, failure);
            }

            foreach (var one in page.S3Objects ?? [])
            {
                yield return new(StoreLocation.At(directory, one.Key), one.ETag, one.Size ?? 0);
            }

            list.ContinuationToken = page.IsTruncated is true ? page.NextContinuationToken : null;
        }
        while (list.ContinuationToken is not null);
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    private static AmazonS3Client Connect(S3Options options)
    {
        // Broken downloads go on, and requests are sent again, by the one who asks.
        AmazonS3Config config = new() { MaxErrorRetry = 0 };
        var endpoint = options.Endpoint?.AbsoluteUri ?? config.ServiceURL;
        var region = options.Region is { } name ? RegionEndpoint.GetBySystemName(name) : config.RegionEndpoint ?? RegionEndpoint.USEast1;
        if (!string.IsNullOrEmpty(endpoint))
        {
            // What variables and profiles say does not count as set.
            config.ServiceURL = endpoint;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = region.SystemName;
        }
        else
        {
            config.RegionEndpoint = region;
        }

        return options switch
        {
            { IsAnonymous: true } => new(new AnonymousAWSCredentials(), config),
            { AccessKeyId: { } id, SecretAccessKey: { } secret, SessionToken: { } token } => new(new SessionAWSCredentials(id, secret, token), config),
            { AccessKeyId: { } id, SecretAccessKey: { } secret } => new(new BasicAWSCredentials(id, secret), config),
            _ => new(config),
        };
    }

    // What the service calls it tells enough; its sentences may quote keys. The library's own are about profiles and credentials that are not there.
    private static Exception Translate(Uri location, Exception failure) => failure switch
    {
        AmazonServiceException { StatusCode: >= HttpStatusCode.Continue and var status, ErrorCode: var code } => SourceFailure.OfStatus(location, (int)status, code, failure),
        HttpRequestException => new IOException(failure.Message, failure),
        { InnerException: HttpRequestException or IOException or WebException } => new IOException(failure.InnerException.Message, failure),
        _ => SourceFailure.Unavailable(
            location, SafeText.OneLine(failure.Message.Split('.')[0], 200),
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role; for buckets that everyone may read, set IsAnonymous (--server-source-anonymous).", failure),
    };
}
