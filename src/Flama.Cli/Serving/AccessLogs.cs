using Flama.Cli.Logging;

namespace Flama.Cli.Serving;

/// <summary>The access log, once for every place that it goes to.</summary>
internal sealed class AccessLogs : IAsyncDisposable
{
    private readonly List<Stream> streams = [];
    private readonly List<AccessLog> logs = [];

    /// <summary>Opens the places.</summary>
    /// <exception cref="FlamaException">A file cannot be written.</exception>
    public AccessLogs(IReadOnlyList<LogHandler> handlers, CliConsole console)
    {
        foreach (var handler in handlers)
        {
            streams.Add(handler.Open(console));
            logs.Add(new AccessLog(streams[^1], handler.Formatter));
        }
    }

    /// <summary>One for every place.</summary>
    public IReadOnlyList<AccessLog> All => logs;

    /// <summary>Writes what is left and closes the places.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var log in logs)
        {
            await log.DisposeAsync();
        }

        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }
}
