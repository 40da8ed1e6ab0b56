using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Flama.Tests;

/// <summary>Stands between a client and a server, and breaks a connection when it is told to.</summary>
internal sealed partial class DroppingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly Task running;
    private readonly int target;
    private readonly int port;

    public DroppingProxy(int target)
    {
        this.target = target;
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        running = RunAsync();
    }

    /// <summary>Its port, also when it takes no connection any more.</summary>
    public int Port => port;

    /// <summary>After how many bytes from the server the next connection breaks; null for never.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>The text of a client that breaks its connection before it reaches the server; null for none.</summary>
    public string? BreakAt { get; set; }

    /// <summary>Runs before the connection breaks.</summary>
    public Func<Task>? OnBreak { get; set; }

    /// <summary>The offsets that were asked for, in turn.</summary>
    public ConcurrentQueue<string> Offsets { get; } = [];

    /// <summary>Takes and keeps no connection any more.</summary>
    public async Task EndAsync()
    {
        if (!ending.IsCancellationRequested)
        {
            await ending.CancelAsync();
            listener.Stop();
            await Task.WhenAll([running, .. connections]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(ending.Token)));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (TcpClient server = new())
        {
            // What breaks is told to the client at once.
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, ending.Token);
                await Task.WhenAny(UpAsync(client.GetStream(), server.GetStream()), DownAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception failure) when (failure is OperationCanceledException or SocketException or IOException)
            {
                // One of them has gone.
            }
        }
    }

    private async Task UpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 << 10];
        for (int read; (read = await from.ReadAsync(buffer, ending.Token)) > 0;)
        {
            var text = Encoding.Latin1.GetString(buffer, 0, read);
            if (BreakAt is { } end && text.Contains(end, StringComparison.Ordinal))
            {
                return;
            }

            foreach (Match match in Range().Matches(text))
            {
                Offsets.Enqueue(match.Groups["from"].Value);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), ending.Token);
        }
    }

    private async Task DownAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 << 10];
        for (int read; (read = await from.ReadAsync(buffer, ending.Token)) > 0;)
        {
            var allowed = Math.Min(read, BreakAfter ?? read);
            await to.WriteAsync(buffer.AsMemory(0, allowed), ending.Token);
            if (allowed < read)
            {
                BreakAfter = null;
                await (OnBreak?.Invoke() ?? Task.CompletedTask);
                return;
            }

            BreakAfter -= allowed;
        }
    }

    [GeneratedRegex("range: bytes=(?<from>[0-9]+)-", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();
}
