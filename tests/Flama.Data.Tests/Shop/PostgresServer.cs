using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(Flama.Data.Tests.Shop.PostgresServer))]

namespace Flama.Data.Tests.Shop;

/// <summary>A PostgreSQL of the tests' own, with its data in a temporary folder; started by the first who asks, and ended with the run, however that ends.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // It refuses to run as root.
    private const string User = "postgres";
    private const string Ready = "ready to accept connections";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim starting = new(1);
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"flama-postgres-{Guid.NewGuid():N}");
    private Process? process;
    private string? missing;

    public int Port { get; } = FreePort();

    /// <summary>Starts it where it does not run yet; gives the reason where it cannot.</summary>
    public async Task<string?> StartAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (process is null && missing is null)
            {
                missing = await TryStartAsync();
            }

            return missing;
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>How a database of it is reached, through another port where that is told.</summary>
    public string ConnectionTo(string database, int? port = null) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port ?? Port};Username={User};Database={database};Timeout=10;Include Error Detail=true");

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            // Its shell waits for the end of its input.
            process.StandardInput.Close();
            using CancellationTokenSource deadline = new(Patience);
            await process.WaitForExitAsync(deadline.Token);
            process.Dispose();
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        starting.Dispose();
    }

    private async Task<string?> TryStartAsync()
    {
        if (!OperatingSystem.IsLinux() || FindPrograms() is not { } programs)
        {
            return "PostgreSQL is not installed (Debian: apt-get install postgresql).";
        }

        // Everything by one shell: when the tests go, its input ends, and the server with it.
        var script = $$"""
            mkdir '{{folder}}' && cd '{{folder}}' || exit 1
            '{{programs}}/initdb' -D data -A trust -U {{User}} --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
            '{{programs}}/postgres' -D data -p {{Port.ToString(CultureInfo.InvariantCulture)}} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=120 &
            read -r _
            kill -QUIT $!
            wait $!
            """;
        string[] call = Environment.UserName == "root" ? ["runuser", "-u", User, "--", "sh", "-c", script] : ["sh", "-c", script];
        ProcessStartInfo start = new(call[0], call.Skip(1)) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        process = Process.Start(start)!;
        ConcurrentQueue<string> lines = [];
        TaskCompletionSource<bool> isReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            lines.Enqueue(line.Data ?? "");
            if (line.Data?.Contains(Ready, StringComparison.Ordinal) != false)
            {
                isReady.TrySetResult(line.Data is not null);
            }
        };
        process.BeginErrorReadLine();
        return await isReady.Task.WaitAsync(Patience) ? null : $"PostgreSQL does not start: {string.Join(' ', lines.TakeLast(3))}";
    }

    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(debian) ? Directory.GetDirectories(debian).Order(StringComparer.Ordinal).Reverse().Select(version => Path.Combine(version, "bin")) : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "postgres")));
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
