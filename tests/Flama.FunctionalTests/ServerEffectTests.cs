using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>Options whose effect is in the process or in its connections rather than in an answer.</summary>
public sealed class ServerEffectTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Fact]
    public async Task Descriptor_InheritedSocketThatListens_IsServed()
    {
        Assert.SkipWhen(Python is null, "Only a program that hands on a descriptor can test this; there is no python3.");
        const string launcher = """
            import os, socket, sys
            s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(16); s.set_inheritable(True)
            sys.stderr.write("BOUND %d\n" % s.getsockname()[1]); sys.stderr.flush()
            os.execvp(sys.argv[1], sys.argv[1:] + ["--server-fd", str(s.fileno())])
            """;
        await using var process = FlamaProcess.StartBehind([Python!, "-c", launcher], ["serve", Xor.Path]);
        var port = (await process.WaitForErrorAsync("BOUND ")).Split(' ')[1];
        await process.WaitForErrorAsync("Flama running on ");
        using HttpClient client = new();

        var answer = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), TestContext.Current.CancellationToken);

        Assert.Contains("MLPClassifier", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backlog_IsTheSystemsQueueForTheSocket()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/ss"), "Only ss of Linux shows the length of the queue.");
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-backlog=37"]);
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/ss", ["-Hltn", $"sport = :{server.Address.Port}"]) { RedirectStandardOutput = true, UseShellExecute = false })!;

        var line = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("37", line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]);
    }

    [Fact]
    public async Task KeepAlive_ConnectionWithoutARequest_IsClosed()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-timeout-keep-alive=0.2"]);
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), TestContext.Current.CancellationToken);

        // The answer does not ask for the close; that the text ends at all is the server's doing.
        using StreamReader reader = new(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Connection: close", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Pkcs12Certificate_WithItsPassword_IsShownToClients()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=in-pkcs12", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var path = Path.Combine(directory, "server.p12");
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pkcs12, "secret"), TestContext.Current.CancellationToken);
        string[] arguments = [Xor.Path, "--server-port=0", "--server-ssl-certfile", path, "--server-ssl-keyfile-password"];
        await using var server = await FlamaServer.StartAsync([.. arguments, "secret"]);
        var wrong = await FlamaProcess.RunAsync(["serve", .. arguments, "wrong"]);
        var subject = "";
        using SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => (subject = shown?.Subject) is not null;
        using HttpClient client = new(handler);

        var answer = await client.GetStringAsync(server.Address, TestContext.Current.CancellationToken);

        Assert.Contains("MLPClassifier", answer, StringComparison.Ordinal);
        Assert.Equal("CN=in-pkcs12", subject);
        Assert.Equal(2, wrong.ExitCode);
    }

    [Fact]
    public async Task EnvFile_SaysWhatTheCommandLineAndTheProcessDoNot()
    {
        var file = Path.Combine(directory, "flama.env");
        await File.WriteAllTextAsync(
            file, "FLAMA_MODEL_URL=/from-file/\nexport FLAMA_APP_TITLE=\"From the file\"\nFLAMA_APP_VERSION=1.2.3\n", TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["FLAMA_APP_VERSION"] = "4.5.6" };
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-env-file", file], variables);

        using var answer = await server.Client.GetAsync(new Uri("/from-file/", UriKind.Relative), TestContext.Current.CancellationToken);
        var schema = await server.GetStringAsync("/schema/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("From the file", schema, StringComparison.Ordinal);
        Assert.Contains("4.5.6", schema, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static string? Python => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
}
