using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>The options of the HTTP server, each seen from a client.</summary>
public sealed class ServerOptionTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Fact]
    public async Task Headers_AreInEveryAnswer()
    {
        await using var server = await FlamaServer.StartAsync(
            [Xor.Path, "--server-port=0", "--server-headers", "X-Team: blue", "--server-server-header"]);

        using var good = await server.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        using var bad = await server.Client.GetAsync(new Uri("/nope/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(["blue", "blue"], [.. good.Headers.GetValues("X-Team"), .. bad.Headers.GetValues("X-Team")]);
        Assert.Equal("flama", good.Headers.Server.ToString());
        Assert.Equal(HttpStatusCode.NotFound, bad.StatusCode);
    }

    [Theory]
    [InlineData("--server-forwarded-allow-ips=127.0.0.1", "203.0.113.7")]
    [InlineData("--server-forwarded-allow-ips=10.0.0.1", "127.0.0.1")]
    [InlineData("--server-no-proxy-headers", "127.0.0.1")]
    public async Task ProxyHeaders_AreTakenFromTrustedAddressesOnly(string option, string expected)
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", option]);
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var line = await server.Process.WaitForOutputAsync("GET /");
        Assert.StartsWith($"INFO:     {expected}:", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RootPath_IsInTheSchema_AndMayComeInThePath()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-root-path=/below"]);

        var schema = await server.GetStringAsync("/schema/");
        using var stripped = await server.PostAsync("/predict/", $"{{\"input\": {Xor.Rows}}}");
        using var whole = await server.PostAsync("/below/predict/", $"{{\"input\": {Xor.Rows}}}");

        Assert.Contains("\"/below\"", schema, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (stripped.StatusCode, whole.StatusCode));
    }

    [Fact]
    public async Task LimitConcurrency_OneRequestTooMany_Is503WhileTheOtherIsServed()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-limit-concurrency=1"]);
        using TcpClient first = new();
        await first.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = first.GetStream();
        const string body = "{\"input\": [[0, 1]]}";
        await SendAsync(stream, $"POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        using StreamReader reader = new(stream);
        Assert.StartsWith("HTTP/1.1 100", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var second = await server.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        await SendAsync(stream, body);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("{\"output\":[1]}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LimitBody_LargerBody_Is413()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-limit-body=20"]);

        using var small = await server.PostAsync("/predict/", """{"input": [[0, 1]]}""");
        using var large = await server.PostAsync("/predict/", """{"input": [[0, 1], [1, 1]]}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (small.StatusCode, large.StatusCode));
    }

    [Fact]
    public async Task LimitMaxRequests_LastOneAnswered_StopsGracefully()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-limit-max-requests=2"]);

        var answers = new[] { await server.GetStringAsync("/"), await server.GetStringAsync("/") };
        var result = await server.Process.WaitForExitAsync();

        Assert.All(answers, answer => Assert.Contains("\"meta\"", answer, StringComparison.Ordinal));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("INFO:     Stopped", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnixSocket_AnswersAndReplacesOneThatWasLeftBehind()
    {
        var path = Path.Combine(directory, "flama.sock");
        using (Socket left = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(path));
        }

        await using var process = FlamaProcess.Start(["serve", Xor.Path, "--server-uds", path]);
        await process.WaitForErrorAsync($"Flama running on unix:{path}");
        using HttpClient client = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        var answer = await client.GetStringAsync(new Uri("http://flama/"), TestContext.Current.CancellationToken);

        Assert.Contains("MLPClassifier", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_WithClientCertificates_AnswersOnlyThoseOfTheAuthority()
    {
        using var authority = Authority("CN=Test authority");
        using var stranger = Authority("CN=Another authority");
        var (certificate, key) = Write("server", Issue(authority, "CN=localhost"));
        await File.WriteAllTextAsync(PathOf("ca.pem"), authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var process = FlamaProcess.Start(
        [
            "serve", Xor.Path, "--server-port=0", "--server-ssl-certfile", certificate, "--server-ssl-keyfile", key,
            "--server-ssl-cert-reqs=2", "--server-ssl-ca-certs", PathOf("ca.pem"), "--server-ssl-version=1.2",
        ]);
        var line = await process.WaitForErrorAsync("Flama running on ");
        var address = new Uri(line.Split(" on ")[1].Split(' ')[0]);

        var known = await GetAsync(address, Issue(authority, "CN=client"));

        Assert.Equal("https", address.Scheme);
        Assert.Contains("MLPClassifier", known, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => GetAsync(address, Issue(stranger, "CN=client")));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => GetAsync(address, null));
    }

    [Fact]
    public async Task Https_ClientCertificateInTheFileOfKeys_IsAKey()
    {
        using var authority = Authority("CN=Test authority");
        using var partner = Issue(authority, "CN=partner");
        using var other = Issue(authority, "CN=other");
        var (certificate, key) = Write("server", Issue(authority, "CN=localhost"));
        await File.WriteAllTextAsync(PathOf("ca.pem"), authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(PathOf("partner.pem"), partner.ExportCertificatePem(), TestContext.Current.CancellationToken);
        var added = await FlamaProcess.RunAsync(["key", "add", "partner", "--scope", "inspect", "--certificate", PathOf("partner.pem"), "--server-keys", PathOf("keys.json")]);
        var twice = await FlamaProcess.RunAsync(["key", "add", "again", "--certificate", PathOf("partner.pem"), "--server-keys", PathOf("keys.json")]);
        await using var server = await FlamaServer.StartAsync(
        [
            Xor.Path, "--server-port=0", "--server-ssl-certfile", certificate, "--server-ssl-keyfile", key,
            "--server-ssl-cert-reqs=1", "--server-ssl-ca-certs", PathOf("ca.pem"), "--server-keys", PathOf("keys.json"),
        ]);

        var known = await GetAsync(server.Address, partner);
        var unknown = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(server.Address, other));
        var none = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(server.Address, null));

        Assert.Equal((0, "", 2), (added.ExitCode, added.Output, twice.ExitCode));
        Assert.Contains("MLPClassifier", known, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (unknown.StatusCode, none.StatusCode));
    }

    [Fact]
    public async Task Https_EncryptedKey_NeedsItsPassword()
    {
        using var authority = Authority("CN=Test authority");
        using var issued = Issue(authority, "CN=localhost");
        await File.WriteAllTextAsync(PathOf("cert.pem"), issued.ExportCertificatePem(), TestContext.Current.CancellationToken);
        using (var key = issued.GetECDsaPrivateKey()!)
        {
            var pem = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
            await File.WriteAllTextAsync(PathOf("key.pem"), pem, TestContext.Current.CancellationToken);
        }

        string[] arguments = [Xor.Path, "--server-port=0", "--server-ssl-certfile", PathOf("cert.pem"), "--server-ssl-keyfile", PathOf("key.pem")];
        var without = await FlamaProcess.RunAsync(["serve", .. arguments]);
        await using var server = await FlamaServer.StartAsync([.. arguments, "--server-ssl-keyfile-password", "secret"]);

        Assert.Equal(2, without.ExitCode);
        Assert.Equal(2, without.ErrorLines.Count);
        Assert.StartsWith("Error: --server-ssl-certfile is", without.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("MLPClassifier", await GetAsync(server.Address, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeadOverTheLimit_IsRefused()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-h11-max-incomplete-event-size=1000"]);
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        request.Headers.Add("X-Long", new string('x', 2000));

        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Log_LevelColoursAndUnusedOptions_AreSeen()
    {
        await using var server = await FlamaServer.StartAsync(
            [Xor.Path, "--server-port=0", "--server-use-colors", "--server-no-access-log", "--server-loop=uvloop", "--server-limit-max-requests=1"]);

        await server.GetStringAsync("/");
        var result = await server.Process.WaitForExitAsync();

        Assert.Equal("\u001b[33mWARNING\u001b[0m:  Without effect here: --server-loop", server.StartLines[0]);
        Assert.Contains("\u001b[32mINFO\u001b[0m:     Shutting down", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private string PathOf(string name) => Path.Combine(directory, name);

    private static Task SendAsync(NetworkStream stream, string text) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken).AsTask();

    // Which certificate the server has is not what these tests ask.
    private static async Task<string> GetAsync(Uri address, X509Certificate2? certificate)
    {
        using SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable;
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        using HttpClient client = new(handler);
        return await client.GetStringAsync(address, TestContext.Current.CancellationToken);
    }

    private (string Certificate, string Key) Write(string name, X509Certificate2 certificate)
    {
        File.WriteAllText(PathOf($"{name}.pem"), certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return (PathOf($"{name}.pem"), PathOf($"{name}.key"));
    }

    private static X509Certificate2 Authority(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] &= 0x7F;
        using var issued = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(12), serial);
        return issued.CopyWithPrivateKey(key);
    }
}
