using System.Net.Sockets;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>Clients that ask and do not read what is answered.</summary>
public sealed class SlowClientTests : IDisposable
{
    private const int RowCount = 600_000;

    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Theory]
    [InlineData("POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {0}\r\n\r\n", "")]
    [InlineData("POST /stream/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: {0}\r\n\r\n", "")]
    [InlineData(
        "GET /stream/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        "frame")]
    public async Task Client_ThatDoesNotRead_IsCutOff(string head, string form)
    {
        var path = Path.Combine(directory, "linear.pkl");
        await File.WriteAllBytesAsync(path, LinearModel.Pickle(2, 1.0 / 3), TestContext.Current.CancellationToken);
        await using var server = await FlamaServer.StartAsync([path, "--server-port=0", "--server-limit-response-rate=1000000", "--server-ws-ping-interval=0"]);
        var body = Encoding.UTF8.GetBytes($"{{\"input\":[{string.Join(',', Enumerable.Repeat("[1]", RowCount))}]}}");
        using TcpClient client = new() { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Replace("{0}", $"{body.Length}", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        if (form == "frame")
        {
            var length = BitConverter.GetBytes((ulong)body.Length);
            await stream.WriteAsync((byte[])[0x81, 0xFF, .. length.Reverse(), 0, 0, 0, 0], TestContext.Current.CancellationToken);
        }

        await stream.WriteAsync(body, TestContext.Current.CancellationToken);

        // The access log has its line when the request has ended, which it cannot before somebody gives up.
        var line = await server.Process.WaitForOutputAsync(head.Split(' ')[1]);

        Assert.Contains(form == "frame" ? " 101 " : " 200 ", line, StringComparison.Ordinal);
        using var next = await server.PostAsync("/predict/", """{"input":[[0]]}""");
        Assert.Equal("""{"output":[0.3333333333333333]}""", await next.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
