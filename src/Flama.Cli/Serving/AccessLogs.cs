using Flama.AspNetCore;
using Flama.Cli.Logging;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Serving;

/// <summary>The access log, once for every stream and file that it goes to.</summary>
internal sealed class AccessLogs : IAsyncDisposable
{
    private readonly List<Stream> streams = [];
    private readonly List<AccessLog> logs = [];

    /// <summary>Opens the streams and files.</summary>
    /// <exception cref="FlamaException">A file cannot be written.</exception>
    public AccessLogs(IReadOnlyList<LogHandler> handlers, CliConsole console)
    {
        foreach (var handler in handlers)
        {
            streams.Add(handler.Open(console));
            logs.Add(new AccessLog(streams[^1], OptionsOf(handler.Formatter)));
        }
    }

    /// <summary>One for every stream and file.</summary>
    public IReadOnlyList<AccessLog> All => logs;

    /// <summary>Lines in the layout of a formatter.</summary>
    public static AccessLogOptions OptionsOf(LogFormatter formatter) => formatter is TextFormatter { IsPlainAccess: true }
        ? new()
        : new()
        {
            Format = entry => formatter.Format(EventOf(entry)),
            FormatWarning = message => formatter.Format(new(TimeProvider.System.GetUtcNow(), LogLevel.Warning, LogEvent.Access, message, [], null)),
        };

    /// <summary>Writes what is left and closes the streams and files.</summary>
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

    private static LogEvent EventOf(AccessLogEntry entry) => new(
        entry.Time,
        LogLevel.Information,
        LogEvent.Access,
        $"{entry.Client} - \"{entry.Method} {entry.Target} {entry.Protocol}\" {entry.Status} {entry.Reason}",
        [
            new("client", entry.Client), new("method", entry.Method), new("target", entry.Target), new("protocol", entry.Protocol),
            new("status", entry.Status), new("reason", entry.Reason),
        ],
        null);
}
