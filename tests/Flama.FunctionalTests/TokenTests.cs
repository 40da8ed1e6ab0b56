using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Tokens of an issuer decide what a caller may do, as keys do.</summary>
public sealed class TokenTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly SignedToken issuer = new();

    [Fact]
    public async Task Token_DecidesWhatACallerMayDo()
    {
        await using var server = await StartAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        (string What, string? Token, string Path, int Expected)[] cases =
        [
            ("none", null, "/xor/predict/", 401),
            ("valid", issuer.Make(), "/xor/predict/", 200),
            ("valid, elsewhere", issuer.Make(), "/xor/", 403),
            ("several scopes", issuer.Make(("scope", "openid inspect predict")), "/xor/", 200),
            ("scopes as a list", issuer.Make(("scope", null), ("scp", new JsonArray("predict", "inspect"))), "/xor/", 200),
            ("no scope", issuer.Make(("scope", null)), "/xor/predict/", 403),
            ("of another model", issuer.Make(("flama:model", new JsonArray("other"))), "/xor/predict/", 403),
            ("of this model", issuer.Make(("flama:model", new JsonArray("other", "xor"))), "/xor/predict/", 200),
            ("another issuer", issuer.Make(("iss", "https://other.example")), "/xor/predict/", 401),
            ("another audience", issuer.Make(("aud", "other")), "/xor/predict/", 401),
            ("no audience", issuer.Make(("aud", null)), "/xor/predict/", 401),
            ("over", issuer.Make(("exp", now - 3600)), "/xor/predict/", 401),
            ("without an end", issuer.Make(("exp", null)), "/xor/predict/", 401),
            ("not yet", issuer.Make(("nbf", now + 3600)), "/xor/predict/", 401),
            ("unsigned", SignedToken.MakeUnsigned(), "/xor/predict/", 401),
            ("MAC with the public key", SignedToken.MakeWithMac(issuer.Pem), "/xor/predict/", 401),
            ("MAC with the key set", SignedToken.MakeWithMac(issuer.KeySet), "/xor/predict/", 401),
            ("changed", Changed(issuer.Make()), "/xor/predict/", 401),
            ("no token", "nothing", "/xor/predict/", 401),
        ];
        List<string> wrong = [];
        foreach (var (what, token, path, expected) in cases)
        {
            var status = await StatusAsync(server, path, token);
            if (status != expected)
            {
                wrong.Add($"{what}: {status}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task KeySet_ThatChanges_CountsWithoutARestart_AndKeysOfTheServerGoOn()
    {
        var keys = directory.PathOf("keys.json");
        var key = (await FlamaProcess.RunAsync(["key", "add", "web", "--server-keys", keys])).Output.Trim();
        await using var server = await StartAsync("--server-keys", keys, "--server-rate-limit=100000");
        using SignedToken next = new();
        var before = (await StatusAsync(server, "/xor/predict/", issuer.Make()), await StatusAsync(server, "/xor/predict/", next.Make()), await StatusAsync(server, "/xor/predict/", key));

        await File.WriteAllTextAsync(directory.PathOf("jwks.json"), next.KeySet, TestContext.Current.CancellationToken);
        while (await StatusAsync(server, "/xor/predict/", next.Make()) != 200)
        {
            // The file is looked at when a token is checked, a few times in a second.
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.Equal((200, 401, 200), before);
        Assert.Equal((401, 200), (await StatusAsync(server, "/xor/predict/", issuer.Make()), await StatusAsync(server, "/xor/predict/", key)));
    }

    [Fact]
    public async Task Keys_AtAUrl_AreFetched()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, issuer.KeySet);
        await using var server = await FlamaServer.StartAsync(
            ["--model", $"file={Xor.Path},name=xor,url=/xor/", "--server-port=0", "--server-jwt-issuer", SignedToken.Issuer, "--server-jwt-audience", SignedToken.Audience, "--server-jwt-keys", $"http://{listener.LocalEndpoint}/jwks"]);

        var status = await StatusAsync(server, "/xor/predict/", issuer.Make());
        var wrong = await StatusAsync(server, "/xor/predict/", Changed(issuer.Make()));
        listener.Stop();
        await serving;

        Assert.Equal((200, 401), (status, wrong));
    }

    [Theory]
    [InlineData("Error: The audience of tokens is not set.", "--server-jwt-issuer=https://issuer.example")]
    [InlineData("Error: The keys of tokens are at 'http://issuer.example/jwks', which is not a URL of HTTPS.", "--server-jwt-issuer=https://issuer.example", "--server-jwt-audience=a", "--server-jwt-keys=http://issuer.example/jwks")]
    [InlineData("Error: There is no file '/nowhere/jwks.json' with the keys of tokens.", "--server-jwt-issuer=x", "--server-jwt-audience=a", "--server-jwt-keys=/nowhere/jwks.json")]
    public async Task Options_ThatAreNotSafe_StopTheStart(string expected, params string[] options)
    {
        var run = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port=0", .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        issuer.Dispose();
        directory.Dispose();
    }

    private async Task<FlamaServer> StartAsync(params string[] options)
    {
        await File.WriteAllTextAsync(directory.PathOf("jwks.json"), issuer.KeySet, TestContext.Current.CancellationToken);
        return await FlamaServer.StartAsync(
        [
            "--model", $"file={Xor.Path},name=xor,url=/xor/", "--server-port=0", "--server-jwt-issuer", SignedToken.Issuer, "--server-jwt-audience", SignedToken.Audience,
            "--server-jwt-keys", directory.PathOf("jwks.json"), .. options,
        ]);
    }

    // The claims of one, the signature of the other.
    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var payload = parts[1].Replace(parts[1][20], parts[1][20] == 'a' ? 'b' : 'a');
        return $"{parts[0]}.{payload}.{parts[2]}";
    }

    private static async Task<int> StatusAsync(FlamaServer server, string path, string? token)
    {
        var isPost = path.EndsWith("predict/", StringComparison.Ordinal);
        using HttpRequestMessage request = new(isPost ? HttpMethod.Post : HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Content = isPost ? new StringContent("""{"input":[[0,1]]}""", Encoding.UTF8, "application/json") : null;
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            Assert.Equal("Bearer realm=\"flama\"", Assert.Single(answer.Headers.WwwAuthenticate).ToString());
        }

        return (int)answer.StatusCode;
    }

    private static async Task ServeAsync(TcpListener listener, string document)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                await using var stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {document.Length}\r\nConnection: close\r\n\r\n{document}"), TestContext.Current.CancellationToken);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException or IOException)
        {
            // The listener was stopped.
        }
    }
}
