using System.Net.Sockets;
using System.Text;

namespace Flama.FunctionalTests;

public sealed class ServeStopTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_ToAServer_EndsItGracefully(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        Assert.SkipWhen(signal == "INT" && IsInterruptIgnored(), "This shell starts its background jobs with SIGINT ignored, and so do their children.");
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0"]);
        using var answer = await server.PostAsync("/predict/", $"{{\"input\": {Xor.Rows}}}");

        await server.Process.SignalAsync(signal);
        var result = await server.Process.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        var lines = FlamaResult.NewsOf(result.ErrorLines);
        Assert.Equal(["INFO:     Shutting down", lines[1], "INFO:     Stopped"], lines);
        Assert.Matches($"^INFO:     Model 'model', id [0-9a-f-]{{36}}, is no longer at {server.Address}$", lines[1]);
        Assert.EndsWith("\"POST /predict/ HTTP/1.1\" 200 OK\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_DuringARequest_LetsItFinish()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0"]);
        var body = $"{{\"input\": {Xor.Rows}}}";
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await SendAsync(
            stream, $"POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n");
        var goAhead = await ReadLineAsync(stream);

        await server.Process.SignalAsync("TERM");
        await server.Process.WaitForErrorAsync("Shutting down");
        await SendAsync(stream, body);
        using StreamReader reader = new(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var result = await server.Process.WaitForExitAsync();

        Assert.Equal("HTTP/1.1 100 Continue", goAhead);
        Assert.EndsWith("{\"output\":[0,1,1,0]}", answer, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Signal_DuringARequestThatDoesNotEnd_CutsItOff()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--server-timeout-graceful-shutdown", "0.2"]);
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await SendAsync(stream, "POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
        await ReadLineAsync(stream);

        await server.Process.SignalAsync("TERM");
        var result = await server.Process.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("INFO:     Stopped", result.Error, StringComparison.Ordinal);
    }

    private static bool IsInterruptIgnored()
    {
        const string ignored = "SigIgn:";
        const long interrupt = 1 << 1;
        return OperatingSystem.IsLinux()
            && (Convert.ToInt64(File.ReadLines("/proc/self/status").First(line => line.StartsWith(ignored, StringComparison.Ordinal))[ignored.Length..].Trim(), 16) & interrupt) != 0;
    }

    private static async Task SendAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

    // Byte by byte, so that nothing of what follows is taken.
    private static async Task<string> ReadLineAsync(NetworkStream stream)
    {
        StringBuilder line = new();
        var letter = new byte[1];
        while (!line.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await stream.ReadAsync(letter, TestContext.Current.CancellationToken) == 1)
        {
            line.Append((char)letter[0]);
        }

        return line.ToString().TrimEnd();
    }
}
