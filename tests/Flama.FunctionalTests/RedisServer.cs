using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Flama.FunctionalTests;

/// <summary>A real <c>redis-server</c> on a port of its own, that can be killed and started again there.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private FlamaProcess? process;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts one; skips the test where the program is absent.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var isThere = OperatingSystem.IsLinux() && (await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v redis-server"])).ExitCode == 0;
        Assert.SkipUnless(isThere, "redis-server is not installed (Debian: apt-get install redis-server).");
        RedisServer server = new(FreePort());
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it at its port, empty.</summary>
    public async Task StartAgainAsync()
    {
        process = FlamaProcess.StartOther(
            ["redis-server", "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"], null);
        await process.WaitForOutputAsync("Ready to accept connections");
    }

    /// <summary>Ends it without notice, as a machine that fails.</summary>
    public async Task KillAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }
    }

    /// <summary>Stops or continues it, so that it takes connections and does not answer.</summary>
    public Task SignalAsync(string signal) => process!.SignalAsync(signal);

    public async ValueTask DisposeAsync() => await KillAsync();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
