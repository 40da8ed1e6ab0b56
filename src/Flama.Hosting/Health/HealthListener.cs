using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Hosting.Health;

/// <summary>Answers health on a port of its own (<see cref="HealthOptions.Port"/>), from one thread that does nothing else: whatever the thread pool is busy with.</summary>
/// <remarks>One loop over few connections, none of which can hold up another: it waits for no single one, and each has little time.</remarks>
public sealed class HealthListener : IHostedLifecycleService, IDisposable
{
    private const int MaxConnections = 64;
    private const int Backlog = 128;

    // How often a loop without connections looks whether it shall end.
    private const int WaitMicroseconds = 200_000;

    private readonly HealthProbe probe;
    private readonly IOptions<FlamaOptions> options;
    private readonly ILogger<HealthListener> logger;
    private Socket? listener;
    private Thread? thread;
    private volatile bool isEnded;

    internal HealthListener(HealthProbe probe, IOptions<FlamaOptions> options, ILogger<HealthListener> logger)
    {
        this.probe = probe;
        this.options = options;
        this.logger = logger;
    }

    /// <summary>Where it listens since the application began to start; null when <see cref="HealthOptions.Port"/> is.</summary>
    public IPEndPoint? EndPoint => listener?.LocalEndPoint as IPEndPoint;

    /// <summary>Begins to listen, before any model is loaded.</summary>
    /// <exception cref="FlamaException">The address is not available (<see cref="ErrorCodes.AddressUnavailable"/>).</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var health = options.Value.Health;
        if (health.Port is not { } port)
        {
            return Task.CompletedTask;
        }

        listener = new(health.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(health.Address, port));
            listener.Listen(Backlog);

            // A client that leaves between the loop's look and the accept must not hold up the thread.
            listener.Blocking = false;
        }
        catch (SocketException failure)
        {
            throw new FlamaException(
                ErrorCodes.AddressUnavailable,
                $"Health cannot be answered on {health.Address}, port {port}: {failure.Message}.",
                "Choose another port; 0 takes any free one.",
                failure);
        }

        Log.HealthListening(logger, EndPoint!);
        thread = new Thread(Run) { IsBackground = true, Name = "Flama health" };
        thread.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends, after everything else has.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        // Last of all: a draining application still tells that it drains.
        isEnded = true;
        return Task.CompletedTask;
    }

    /// <summary>Closes the port.</summary>
    public void Dispose()
    {
        isEnded = true;
        thread?.Join();
        listener?.Dispose();
    }

    private void Run()
    {
        PromptThread.Begin();
        Dictionary<Socket, HealthConnection> connections = [];
        List<Socket> readable = [];
        while (!isEnded)
        {
            readable.Clear();
            readable.AddRange(connections.Keys);
            if (connections.Count < MaxConnections)
            {
                readable.Add(listener!);
            }

            Socket.Select(readable, null, null, WaitMicroseconds);
            foreach (var socket in readable)
            {
                if (socket == listener)
                {
                    Accept(connections);
                }
                else if (!connections[socket].Read(probe))
                {
                    connections.Remove(socket);
                    socket.Dispose();
                }
            }

            foreach (var (socket, _) in connections.Where(pair => pair.Value.IsOverdue).ToList())
            {
                connections.Remove(socket);
                socket.Dispose();
            }
        }

        foreach (var socket in connections.Keys)
        {
            socket.Dispose();
        }
    }

    private void Accept(Dictionary<Socket, HealthConnection> connections)
    {
        try
        {
            var socket = listener!.Accept();
            socket.Blocking = false;
            HealthConnection connection = new(socket);

            // What has come with the connection need not wait for another round.
            if (connection.Read(probe))
            {
                connections.Add(socket, connection);
            }
            else
            {
                socket.Dispose();
            }
        }
        catch (SocketException)
        {
            // The client has left before it was taken.
        }
    }
}
