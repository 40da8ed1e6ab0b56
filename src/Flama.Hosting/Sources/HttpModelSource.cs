using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Flama.Hosting.Sources;

/// <summary>Reads files by HTTP and HTTPS: entity tags tell versions apart, ranges let a broken download go on. Thread-safe.</summary>
/// <remarks>
/// Redirects are followed five times, never from HTTPS to HTTP, only to allowed hosts, and not to addresses of private networks or of this machine, unless that is allowed; the address
/// that is connected to is the one that was checked.
/// </remarks>
public sealed class HttpModelSource : IModelSource, IDisposable
{
    private const int MaxRedirects = 5;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly SourceOptions options;
    private readonly HttpClient direct;
    private readonly HttpClient redirected;

    /// <summary>Makes the source.</summary>
    /// <param name="options">What is allowed.</param>
    public HttpModelSource(SourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        direct = Client(isRedirect: false);
        redirected = Client(isRedirect: true);
    }

    /// <inheritdoc/>
    public bool CanRead(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.IsAbsoluteUri && (location.Scheme == Uri.UriSchemeHttp || location.Scheme == Uri.UriSchemeHttps);
    }

    /// <inheritdoc/>
    public async Task<SourceAnswer> ReadAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var location = request.Location;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            CheckHost(location);
            var answer = await SendAsync(redirects == 0 ? direct : redirected, location, request, cancellationToken);
            if ((int)answer.StatusCode is < 300 or >= 400 || answer.StatusCode == HttpStatusCode.NotModified)
            {
                return SourceAnswer.OfHttp(answer, request with { Location = location }, answer.Headers.ETag?.ToString());
            }

            using (answer)
            {
                var next = answer.Headers.Location is { } target ? new Uri(location, target) : throw SourceFailure.Unavailable(location, $"it answers {(int)answer.StatusCode} without a target");
                if (!CanRead(next) || (location.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps))
                {
                    throw SourceFailure.Unavailable(location, "it redirects to what is not HTTPS");
                }

                location = next;
            }
        }

        throw SourceFailure.Unavailable(location, $"it redirects more than {MaxRedirects} times");
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose()
    {
        direct.Dispose();
        redirected.Dispose();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Uri location, SourceRequest request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = new(HttpMethod.Get, location);
        if (request.Known is { } known && EntityTagHeaderValue.TryParse(known, out var tag))
        {
            message.Headers.IfNoneMatch.Add(tag);
        }

        // Only a strong tag says that the bytes are the same.
        if (request.Offset > 0 && request.Partial is { } partial && EntityTagHeaderValue.TryParse(partial, out var part) && !part.IsWeak)
        {
            message.Headers.Range = new RangeHeaderValue(request.Offset, null);
            message.Headers.IfRange = new RangeConditionHeaderValue(part);
        }

        try
        {
            return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException failure) when (failure.InnerException is FlamaException refused)
        {
            throw new FlamaException(refused.Code, refused.Message, refused.Remedy, failure);
        }
        catch (HttpRequestException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private void CheckHost(Uri location)
    {
        if (!options.Allows(location))
        {
            throw SourceFailure.Unavailable(location, "its host is not among those that are allowed");
        }
    }

    private HttpClient Client(bool isRedirect)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, ConnectTimeout = ConnectTimeout, AutomaticDecompression = DecompressionMethods.None };
        if (isRedirect && !options.AllowsPrivateRedirects)
        {
            handler.UseProxy = false;
            handler.ConnectCallback = ConnectPublicAsync;
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static async ValueTask<Stream> ConnectPublicAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Length == 0 || addresses.Any(PrivateAddresses.Contain))
        {
            throw SourceFailure.Unavailable(context.InitialRequestMessage.RequestUri!, "it was redirected to, and is an address of a private network");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
