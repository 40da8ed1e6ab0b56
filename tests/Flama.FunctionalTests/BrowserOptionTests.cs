using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>What pages of browsers may do, seen as a browser sees it.</summary>
public sealed class BrowserOptionTests
{
    private const string Shop = "https://shop.example";

    [Fact]
    public async Task Preflight_WithoutOrigins_IsAnsweredWithWhatTheHeaderOptionsSay()
    {
        await using var server = await FlamaServer.StartAsync(
            [
                Xor.Path, "--server-port=0", "--server-headers", "Access-Control-Allow-Origin: *", "--server-headers", "Access-Control-Allow-Headers: content-type",
            ]);

        using var answer = await SendAsync(server, HttpMethod.Options, Shop, isPreflight: true);

        Assert.Equal((HttpStatusCode.NoContent, "*"), (answer.StatusCode, One(answer, "Access-Control-Allow-Origin")));
        Assert.Equal("POST, OPTIONS", string.Join(", ", answer.Content.Headers.Allow));
    }

    [Theory]
    [InlineData(Shop, Shop, false)]
    [InlineData("*", "*", false)]
    [InlineData(Shop, Shop, true)]
    public async Task Origin_ThatIsAllowed_MayPost(string option, string shown, bool hasCredentials)
    {
        await using var server = await FlamaServer.StartAsync(
            [Xor.Path, "--server-port=0", "--server-cors-origins", option, .. hasCredentials ? ["--server-cors-credentials"] : Array.Empty<string>()]);

        using var preflight = await SendAsync(server, HttpMethod.Options, Shop, isPreflight: true);
        using var post = await SendAsync(server, HttpMethod.Post, Shop, isPreflight: false);
        using var failing = await SendAsync(server, HttpMethod.Put, Shop, isPreflight: false);

        Assert.Equal((HttpStatusCode.NoContent, shown), (preflight.StatusCode, One(preflight, "Access-Control-Allow-Origin")));
        Assert.Contains("POST", One(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Equal("content-type", One(preflight, "Access-Control-Allow-Headers"));
        Assert.Equal((HttpStatusCode.OK, shown), (post.StatusCode, One(post, "Access-Control-Allow-Origin")));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, shown), (failing.StatusCode, One(failing, "Access-Control-Allow-Origin")));
        Assert.Equal(hasCredentials ? "true" : null, One(post, "Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Origin_ThatIsNotAllowed_SeesNothing_AndConnectsNoSocket()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-cors-origins", Shop]);

        using var post = await SendAsync(server, HttpMethod.Post, "https://other.example", isPreflight: false);

        Assert.Null(One(post, "Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectAsync(server, Shop));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectAsync(server, $"http://{server.Address.Authority}"));
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync(server, "https://other.example"));
    }

    [Fact]
    public async Task Credentials_ForAllOrigins_AreAUsageError()
    {
        var result = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-cors-origins", "*", "--server-cors-credentials"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--server-cors-origins is '*', and --server-cors-credentials is given", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--server-cors-origins", "shop.example")]
    [InlineData("--server-cors-origins", "https://shop.example/page")]
    [InlineData("--server-allowed-hosts", "https://shop.example")]
    [InlineData("--server-allowed-hosts", "a b")]
    public async Task Value_ThatIsNeitherOriginNorHost_IsAUsageError(string option, string value)
    {
        var result = await FlamaProcess.RunAsync(["serve", Xor.Path, option, value]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{option} is '{value}', expected ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.example", "200")]
    [InlineData("api.example:8080", "200")]
    [InlineData("a.models.example", "200")]
    [InlineData("evil.example", "400")]
    [InlineData("127.0.0.1", "400")]
    public async Task AllowedHosts_DecideWhichHostIsAnswered(string host, string status)
    {
        await using var server = await FlamaServer.StartAsync(
            [Xor.Path, "--server-port=0", "--server-allowed-hosts", "api.example", "--server-allowed-hosts", "*.models.example"]);
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using StreamReader reader = new(stream);

        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(status == "400" ? "urn:flama:error:bad_request" : "MLPClassifier", answer, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(FlamaServer server, HttpMethod method, string origin, bool isPreflight)
    {
        using HttpRequestMessage request = new(method, "/predict/");
        request.Headers.Add("Origin", origin);
        if (isPreflight)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type");
        }
        else
        {
            request.Content = new StringContent($"{{\"input\": {Xor.Rows}}}", Encoding.UTF8, "application/json");
        }

        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string? One(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private static async Task<HttpStatusCode> ConnectAsync(FlamaServer server, string origin)
    {
        using ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/stream/"), TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // The status tells.
        }

        return socket.HttpStatusCode;
    }
}
