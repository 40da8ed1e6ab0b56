using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Flama.Hosting.Sources;

namespace Flama.GoogleStorage;

/// <summary>Reads <c>gs://bucket/name</c> by the JSON API: generations tell versions apart, ranges let a broken download go on. Thread-safe.</summary>
/// <remarks>By HTTP rather than by Google's library, which cannot be compiled to native code.</remarks>
public sealed class GoogleStorageModelSource : IModelStore, IDisposable
{
    private const string Generation = "x-goog-generation";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectTimeout }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri endpoint;
    private readonly GoogleTokens? tokens;

    /// <summary>Makes the source.</summary>
    /// <param name="options">How the service is reached; null for what the environment says.</param>
    public GoogleStorageModelSource(GoogleStorageOptions? options = null)
    {
        options ??= new();
        var emulator = Environment.GetEnvironmentVariable("STORAGE_EMULATOR_HOST") is { Length: > 0 } host ? host : null;
        endpoint = options.Endpoint ?? new Uri(emulator is null ? "https://storage.googleapis.com" : emulator.Contains("://", StringComparison.Ordinal) ? emulator : $"http://{emulator}");
        var isOpen = options.IsAnonymous || (options.Endpoint is null && emulator is not null);
        tokens = isOpen ? null : new GoogleTokens(client, options.CredentialsFile);
    }

    /// <inheritdoc/>
    public bool CanRead(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.IsAbsoluteUri && location.Scheme == "gs";
    }

    /// <inheritdoc/>
    public async Task<SourceAnswer> ReadAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (bucket, name) = StoreLocation.OfObject(request.Location);
        var offset = request.Partial is null ? 0 : request.Offset;
        var condition = offset > 0 ? $"&ifGenerationMatch={request.Partial}" : request.Known is { } known ? $"&ifGenerationNotMatch={known}" : "";
        using var message = Ask($"{Uri.EscapeDataString(bucket)}/o/{Uri.EscapeDataString(name)}?alt=media{condition}");
        if (offset > 0)
        {
            message.Headers.Range = new RangeHeaderValue(offset, null);
        }

        var answer = await SendAsync(message, request.Location, cancellationToken);
        var version = answer.Headers.TryGetValues(Generation, out var values) ? string.Concat(values) : null;
        if (answer.StatusCode == HttpStatusCode.PartialContent && version != request.Partial)
        {
            // There are emulators that do not know of conditions.
            answer.Dispose();
            return SourceAnswer.Changed;
        }

        return SourceAnswer.OfHttp(answer, request with { Offset = offset }, version);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(Uri directory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (bucket, prefix) = StoreLocation.OfPrefix(directory);
        for (string? page = ""; page is not null;)
        {
            using var message = Ask($"{Uri.EscapeDataString(bucket)}/o?fields=nextPageToken,items(name,generation,size)&prefix={Uri.EscapeDataString(prefix)}"
                + (page.Length == 0 ? "" : $"&pageToken={Uri.EscapeDataString(page)}"));
            using var answer = await SendAsync(message, directory, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw SourceFailure.OfStatus(directory, (int)answer.StatusCode);
            }

            using var document = await ReadAsync(answer, directory, cancellationToken);
            if (document.RootElement.TryGetProperty("items", out var items))
            {
                foreach (var item in items.EnumerateArray())
                {
                    yield return new(
                        StoreLocation.At(directory, item.GetProperty("name").GetString()!),
                        item.GetProperty("generation").GetString()!,
                        long.Parse(item.GetProperty("size").GetString()!, CultureInfo.InvariantCulture));
                }
            }

            page = document.RootElement.TryGetProperty("nextPageToken", out var next) ? next.GetString() : null;
        }
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose()
    {
        tokens?.Dispose();
        client.Dispose();
    }

    private HttpRequestMessage Ask(string path) => new(HttpMethod.Get, new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/storage/v1/b/{path}"));

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, Uri location, CancellationToken cancellationToken)
    {
        try
        {
            if (tokens is not null)
            {
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(location, cancellationToken));
            }

            return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage answer, Uri location, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        }
        catch (JsonException failure)
        {
            throw SourceFailure.Unavailable(location, "its listing is not JSON", inner: failure);
        }
    }
}
