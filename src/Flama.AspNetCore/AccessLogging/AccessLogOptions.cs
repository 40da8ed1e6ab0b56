using Flama.AspNetCore.Logging;
using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore;

/// <summary>How an <see cref="AccessLog"/> writes its lines.</summary>
public sealed class AccessLogOptions
{
    /// <summary>Makes a line of a request, without a line break; null (default) for <c>INFO:     CLIENT - "METHOD TARGET PROTOCOL" STATUS REASON</c>.</summary>
    public Func<AccessLogEntry, string>? Format { get; set; }

    /// <summary>Makes a line of a warning of the log itself; null (default) for <c>WARNING:  TEXT</c>.</summary>
    public Func<string, string>? FormatWarning { get; set; }

    /// <summary>Lines as a formatter writes them.</summary>
    /// <param name="formatter">The layout.</param>
    /// <returns>Options for an <see cref="AccessLog"/>.</returns>
    public static AccessLogOptions Of(LogFormatter formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        return formatter is TextLogFormatter { IsPlainAccess: true }
            ? new()
            : new()
            {
                Format = entry => formatter.Format(EventOf(entry)),
                FormatWarning = message => formatter.Format(new(TimeProvider.System.GetUtcNow(), LogLevel.Warning, LogEvent.Access, message, [], null)),
            };
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
