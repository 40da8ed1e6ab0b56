using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Flama.Tests.Hosting;

namespace Flama.Tests;

/// <summary>What breaks the protocol of WebSockets, sent as bytes: the close frame that tells why has to arrive.</summary>
public sealed class SocketProtocolTests
{
    private const string Text = "81";
    private const string Mask = "00000000";

    public static TheoryData<string, string, int> Faults => new()
    {
        { "opcode 3", $"8380{Mask}", 1002 },
        { "control opcode 11", $"8b80{Mask}", 1002 },
        { "RSV1 without an extension", $"c180{Mask}", 1002 },
        { "RSV2", $"a180{Mask}", 1002 },
        { "not masked", "8100", 1002 },
        { "continuation of nothing", $"8080{Mask}", 1002 },
        { "text within a text", $"0180{Mask}8180{Mask}", 1002 },
        { "ping in fragments", $"0980{Mask}", 1002 },
        { "ping of 126 bytes", $"89fe007e{Mask}{new string('0', 252)}", 1002 },
        { "close of one byte", $"8881{Mask}03", 1002 },
        { "close with 1005", $"8882{Mask}03ed", 1002 },
        { "text that is not UTF-8", $"8182{Mask}c328", 1007 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Frame_ThatBreaksTheProtocol_ClosesWithItsCode(string fault, string frames, int code)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using var client = await OpenAsync(host);

        // More behind it is not read, and must not reset the connection before the close frame is there.
        await client.GetStream().WriteAsync(Convert.FromHexString(frames + Text + "80" + Mask), TestContext.Current.CancellationToken);
        var received = await ReadToEndAsync(client);

        Assert.True(received.Length >= 4, $"{fault}: {Convert.ToHexString(received)}");
        Assert.Equal((0x88, code), (received[0], (received[2] << 8) | received[3]));
        Assert.DoesNotContain(host.Log.All, line => line.Id is 2001 or 2002);
    }

    [Fact]
    public async Task Message_ThatIsNotDeflated_ClosesWith1007()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), http => http.WebSockets.UsesCompression = true);
        using var client = await OpenAsync(host, "Sec-WebSocket-Extensions: permessage-deflate\r\n");

        await client.GetStream().WriteAsync(Convert.FromHexString($"c184{Mask}ffffffff"), TestContext.Current.CancellationToken);
        var received = await ReadToEndAsync(client);

        Assert.Equal("880203EF", Convert.ToHexString(received.AsSpan(0, Math.Min(4, received.Length))));
    }

    [Theory]
    [InlineData("03e8", "03e8")]
    [InlineData("03e9", "03e9")]
    [InlineData("0bb8", "0bb8")]
    [InlineData("", "03e8")]
    public async Task Close_OfTheClient_IsEchoed(string code, string echo)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using var client = await OpenAsync(host);

        await client.GetStream().WriteAsync(Convert.FromHexString($"88{(code.Length / 2) | 0x80:x2}{Mask}{code}"), TestContext.Current.CancellationToken);
        var received = await ReadToEndAsync(client);

        Assert.Equal($"8802{echo}", Convert.ToHexString(received), ignoreCase: true);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Key: c2hvcnQ=\r\nSec-WebSocket-Version: 13\r\n", "400", "")]
    [InlineData("Sec-WebSocket-Version: 13\r\n", "400", "")]
    [InlineData("Sec-WebSocket-Key: not base64 at all!!!!!\r\nSec-WebSocket-Version: 13\r\n", "400", "")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 12\r\n", "426", "Sec-WebSocket-Version: 13")]
    public async Task Handshake_ThatIsWrong_IsRefused(string headers, string status, string answered)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await RawClient.SendAsync(
            host.Address, $"GET /stream/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n{headers}\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(answered, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("http://127.0.0.1:{0}", true)]
    [InlineData("https://shop.example", true)]
    [InlineData("https://SHOP.example", true)]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("https://other.example", false)]
    [InlineData("https://shop.example.evil", false)]
    [InlineData("null", false)]
    public async Task Origin_OfAnotherSite_IsRefusedUnlessAllowed(string origin, bool isAllowed)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), http => http.WebSockets.AllowedOrigins.Add("https://shop.example"));
        var sent = origin.Length == 0 ? "" : $"Origin: {string.Format(CultureInfo.InvariantCulture, origin, host.Address.Port)}\r\n";
        using var client = await RawClient.ConnectAsync(host.Address);

        var status = await ShakeAsync(client, host, sent);

        Assert.Equal(isAllowed ? "HTTP/1.1 101 Switching Protocols" : "HTTP/1.1 403 Forbidden", status);
    }

    private static async Task<TcpClient> OpenAsync(FlamaHost host, string headers = "")
    {
        var client = await RawClient.ConnectAsync(host.Address);
        Assert.Equal("HTTP/1.1 101 Switching Protocols", await ShakeAsync(client, host, headers));
        return client;
    }

    // Reads the head of the answer byte by byte, so that no frame is taken.
    private static async Task<string> ShakeAsync(TcpClient client, FlamaHost host, string headers)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /stream/ HTTP/1.1\r\nHost: {host.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n"),
            TestContext.Current.CancellationToken);
        StringBuilder head = new();
        var letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(letter, TestContext.Current.CancellationToken) == 1)
        {
            head.Append((char)letter[0]);
        }

        return head.ToString().Split("\r\n")[0];
    }

    private static async Task<byte[]> ReadToEndAsync(TcpClient client)
    {
        using MemoryStream received = new();
        await client.GetStream().CopyToAsync(received, TestContext.Current.CancellationToken);
        return received.ToArray();
    }
}
