using Flama.Tests;
using Flama.Tests.Hosting;

namespace Flama.AspNetCore.Tests;

/// <summary>Requests by which proxies and servers have been made to disagree on where one ends, and other shapes that are not HTTP, against the real server.</summary>
public sealed class RequestShapeTests(LinearServer server) : IClassFixture<LinearServer>
{
    private const string Head = "POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private const string Rows = """{"input":[[1,1]]}""";

    // What a server would answer that takes a part of the request for the next one.
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string, int> Refused => new()
    {
        { "two lengths", $"{Head}Content-Length: 17\r\nContent-Length: 0\r\n\r\n{Rows}{Smuggled}", 400 },
        { "two lengths in one header", $"{Head}Content-Length: 17, 0\r\n\r\n{Rows}{Smuggled}", 400 },
        { "a negative length", $"{Head}Content-Length: -1\r\n\r\n{Smuggled}", 400 },
        { "a length in words", $"{Head}Content-Length: 1e1\r\n\r\n{Rows}{Smuggled}", 400 },
        { "a length beyond integers", $"{Head}Content-Length: 99999999999999999999\r\n\r\n{Smuggled}", 400 },
        { "an encoding that is none", $"{Head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{Smuggled}", 400 },
        { "chunked, but not last", $"{Head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{Smuggled}", 400 },
        { "a chunk size that is none", $"{Head}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{Rows}\r\n0\r\n\r\n{Smuggled}", 400 },
        { "a chunk size with a prefix", $"{Head}Transfer-Encoding: chunked\r\n\r\n0x11\r\n{Rows}\r\n0\r\n\r\n{Smuggled}", 400 },
        { "a negative chunk size", $"{Head}Transfer-Encoding: chunked\r\n\r\n-11\r\n{Rows}\r\n0\r\n\r\n{Smuggled}", 400 },
        { "a chunk size beyond integers", $"{Head}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF1\r\n{Rows}\r\n0\r\n\r\n{Smuggled}", 400 },
        { "a chunk that is longer than it says", $"{Head}Transfer-Encoding: chunked\r\n\r\n1\r\n{Rows}\r\n0\r\n\r\n{Smuggled}", 400 },
        { "a folded header", $"{Head}X-Folded: a\r\n b\r\nContent-Length: 17\r\n\r\n{Rows}{Smuggled}", 400 },
        { "a space before the colon", $"{Head}Content-Length : 17\r\n\r\n{Rows}{Smuggled}", 400 },
        { "a header without a colon", $"{Head}Content-Length\r\n\r\n{Rows}{Smuggled}", 400 },
        { "a zero byte in a header", $"{Head}X-Zero: a\0b\r\nContent-Length: 17\r\n\r\n{Rows}{Smuggled}", 400 },
        { "a carriage return in a header", $"{Head}X-Return: a\rContent-Length: 17\r\n\r\n{Rows}{Smuggled}", 400 },
        { "no host", $"POST /predict/ HTTP/1.1\r\nContent-Length: 17\r\n\r\n{Rows}{Smuggled}", 400 },
        { "two hosts", $"{Head}Host: y\r\nContent-Length: 17\r\n\r\n{Rows}{Smuggled}", 400 },
        { "a host that is none", $"POST /predict/ HTTP/1.1\r\nHost: a b\r\nContent-Length: 17\r\n\r\n{Rows}{Smuggled}", 400 },
        { "another host in the target", $"GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}", 400 },
        { "a version that is none", $"GET / HTTP/1.9\r\nHost: x\r\n\r\n{Smuggled}", 505 },
        { "a version of another protocol", $"GET / HTTP/2.0\r\nHost: x\r\n\r\n{Smuggled}", 505 },
        { "no version", $"GET /\r\nHost: x\r\n\r\n{Smuggled}", 400 },
        { "a version in small letters", $"GET / http/1.1\r\nHost: x\r\n\r\n{Smuggled}", 505 },
        { "two spaces", $"GET  / HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}", 400 },
        { "a method that is no word", $"GE(T / HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}", 400 },
        { "a path without a slash", $"GET predict/ HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}", 400 },
        { "bytes beyond ASCII in the path", $"GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}", 400 },
        { "an asterisk", $"GET * HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}", 405 },
        { "a long path", $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}", 414 },
        { "a long header", $"GET / HTTP/1.1\r\nHost: x\r\nX-Long: {new string('a', 40_000)}\r\n\r\n{Smuggled}", 431 },
        { "many headers", $"GET / HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: a\r\n"))}\r\n{Smuggled}", 431 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Shape_ThatIsNotHttp_IsRefused_AndNothingBehindItIsARequest(string what, string request, int status)
    {
        var answer = await RawClient.SendAsync(server.Host.Address, request).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.DoesNotContain("smuggled", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Null(ErrorText.FindTelling(answer));
    }

    [Fact]
    public async Task LengthAndChunks_AreChunks_AndTheConnectionEnds()
    {
        var answer = await RawClient.SendAsync(server.Host.Address, $"{Head}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n{Rows}\r\n0\r\n\r\n{Smuggled}")
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.EndsWith("""{"output":["yes"]}""", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
    }
}
