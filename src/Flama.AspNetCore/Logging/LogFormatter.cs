using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Flama.AspNetCore.Logging;

/// <summary>How messages are written, and which: lines for the console's log and for files.</summary>
/// <param name="name">The formatter's name for the console's log.</param>
public abstract class LogFormatter(string name) : ConsoleFormatter(name)
{
    /// <summary>The least important messages to write.</summary>
    public LogLevel Minimum { get; init; } = LogLevel.Trace;

    /// <inheritdoc/>
    public sealed override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (logEntry.LogLevel < Minimum)
        {
            return;
        }

        IReadOnlyList<KeyValuePair<string, object?>> fields = logEntry.State switch
        {
            IReadOnlyList<KeyValuePair<string, object?>> pairs => [.. pairs.Where(pair => pair.Key != "{OriginalFormat}")],
            _ => [],
        };
        var message = SafeText.OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
        LogEvent entry = new(TimeProvider.System.GetUtcNow(), logEntry.LogLevel, logEntry.Category, message, fields, logEntry.Exception);
        textWriter.Write(Format(entry));
        textWriter.Write('\n');
    }

    /// <summary>The line without its end; text has the lines of an exception behind it.</summary>
    public abstract string Format(LogEvent entry);
}
