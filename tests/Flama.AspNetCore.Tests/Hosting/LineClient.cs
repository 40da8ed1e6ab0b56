using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Flama.Tests.Hosting;

/// <summary>A POST whose body and answer are chunks that go both ways at the same time.</summary>
internal sealed class LineClient : IAsyncDisposable
{
    private readonly TcpClient connection;
    private readonly NetworkStream stream;
    private readonly StreamReader reader;
    private readonly Queue<string> lines = new();
    private string partial = "";
    private bool hasHead;

    private LineClient(TcpClient connection)
    {
        this.connection = connection;
        stream = connection.GetStream();
        reader = new StreamReader(stream, Encoding.ASCII);
    }

    /// <summary>The answer's content type, once a line was read.</summary>
    public string? ContentType { get; private set; }

    public static async Task<LineClient> OpenAsync(Uri address, string path)
    {
        TcpClient opened = new();
        await opened.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        LineClient client = new(opened);
        await client.WriteAsync(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        return client;
    }

    /// <summary>Sends a piece of the body.</summary>
    public Task SendAsync(string text) => WriteAsync($"{text.Length:x}\r\n{text}\r\n");

    /// <summary>Ends the body.</summary>
    public Task EndAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>Reads a line of the answer's body; null at its end.</summary>
    public async Task<string?> ReadAsync()
    {
        if (!hasHead)
        {
            await ReadHeadAsync();
        }

        while (lines.Count == 0)
        {
            var size = int.Parse((await LineAsync())!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return partial.Length == 0 ? null : partial;
            }

            var chunk = new char[size + 2];
            await reader.ReadBlockAsync(chunk, TestContext.Current.CancellationToken);
            var pieces = (partial + new string(chunk, 0, size)).Split('\n');
            partial = pieces[^1];
            foreach (var line in pieces[..^1])
            {
                lines.Enqueue(line);
            }
        }

        return lines.Dequeue();
    }

    /// <summary>Ends the connection without a word.</summary>
    public void Reset()
    {
        // TcpClient.Close says that there is no more before it resets, and a server may see that first.
        connection.LingerState = new LingerOption(enable: true, 0);
        connection.Client.Close(0);
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadHeadAsync()
    {
        hasHead = true;
        Assert.Equal("HTTP/1.1 200 OK", await LineAsync());
        while (await LineAsync() is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Type: ", StringComparison.OrdinalIgnoreCase))
            {
                ContentType = header[14..];
            }
        }
    }

    private async Task<string?> LineAsync() => await reader.ReadLineAsync(TestContext.Current.CancellationToken);

    private async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
}
