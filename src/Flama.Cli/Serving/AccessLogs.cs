using Flama.AspNetCore;
using Flama.AspNetCore.Logging;

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
            streams.Add(handler is { File: null, IsOutput: true } ? console.Output : handler.Open());
            logs.Add(new AccessLog(streams[^1], AccessLogOptions.Of(handler.Formatter)));
        }
    }

    /// <summary>One for every stream and file.</summary>
    public IReadOnlyList<AccessLog> All => logs;

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
}
