using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>A server of one file with an entity tag and ranges, which breaks off when it is told to.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task running;
    private readonly Lock sync = new();
    private byte[] content;
    private int version = 1;

    public FileServer(byte[] content)
    {
        this.content = content;
        listener.Start();
        running = RunAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/model.flm";

    /// <summary>Where it redirects to; null for nowhere.</summary>
    public string? Redirect { get; set; }

    /// <summary>How many bytes of the next answer it sends before the connection breaks; null for all.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>What was asked, and what was answered: <c>200 0-</c>, <c>206 512-</c>, <c>304</c>.</summary>
    public List<string> Answers { get; } = [];

    public void Change(byte[] other)
    {
        lock (sync)
        {
            (content, version) = (other, version + 1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await running;
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(ending.Token);
                await AnswerAsync(client);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            await using var stream = client.GetStream();
            using StreamReader reader = new(stream, Encoding.Latin1, leaveOpen: true);
            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            await reader.ReadLineAsync(ending.Token);
            while (await reader.ReadLineAsync(ending.Token) is { Length: > 0 } line)
            {
                headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }

            var (head, body) = Answer(headers);
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {head}Connection: close\r\n\r\n"), ending.Token);
            await stream.WriteAsync(body, ending.Token);
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private (string Head, ReadOnlyMemory<byte> Body) Answer(Dictionary<string, string> headers)
    {
        lock (sync)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");
            if (Redirect is not null)
            {
                return ($"302 Found\r\nLocation: {Redirect}\r\nContent-Length: 0\r\n", default);
            }

            if (headers.GetValueOrDefault("If-None-Match") == tag)
            {
                Answers.Add("304");
                return ($"304 Not Modified\r\nETag: {tag}\r\n", default);
            }

            var from = headers.TryGetValue("Range", out var range) && headers.GetValueOrDefault("If-Range") == tag ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
            if (from >= content.Length)
            {
                Answers.Add("416");
                return ("416 Range Not Satisfiable\r\nContent-Length: 0\r\n", default);
            }

            var length = BreakAfter ?? (content.Length - from);
            BreakAfter = null;
            var status = from > 0 ? "206 Partial Content" : "200 OK";
            Answers.Add(string.Create(CultureInfo.InvariantCulture, $"{status[..3]} {from}-"));
            var place = from > 0 ? string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}\r\n") : "";
            return (string.Create(CultureInfo.InvariantCulture, $"{status}\r\nETag: {tag}\r\n{place}Content-Length: {content.Length - from}\r\n"), content.AsMemory(from, length));
        }
    }
}
