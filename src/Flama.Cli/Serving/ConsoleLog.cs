using Flama.Cli.Errors;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Serving;

/// <summary>What the running server has to say, on standard error.</summary>
/// <param name="error">Takes the lines.</param>
/// <param name="minimum">The least important messages to show; the framework's own count as less important than ours.</param>
/// <param name="useColors">Whether the levels have colours.</param>
internal sealed class ConsoleLog(TextWriter error, LogLevel minimum, bool useColors) : ILoggerProvider
{
    // The start lines tell of models, and a failure to start has its own message.
    private static readonly string[] Silent = ["Flama.AspNetCore.Models", "Microsoft.Extensions.Hosting"];

    private readonly Lock writing = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, !Silent.Any(prefix => categoryName.StartsWith(prefix, StringComparison.Ordinal)));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The least important messages to show.</summary>
    public LogLevel Minimum => minimum;

    /// <summary>Writes a line with the level in front, as wide as the Python original has it.</summary>
    public void Write(LogLevel level, string message, Exception? exception = null)
    {
        if (level < minimum)
        {
            return;
        }

        var (word, color) = level switch
        {
            LogLevel.Critical => ("CRITICAL", 91),
            LogLevel.Error => ("ERROR", 31),
            LogLevel.Warning => ("WARNING", 33),
            LogLevel.Information => ("INFO", 32),
            LogLevel.Debug => ("DEBUG", 36),
            _ => ("TRACE", 34),
        };
        var label = $"{(useColors ? $"\u001b[{color}m{word}\u001b[0m" : word)}:{new string(' ', 9 - word.Length)}";
        lock (writing)
        {
            error.WriteLine(label + FailureText.OneLine(message));
            if (exception is not null)
            {
                error.WriteLine(exception);
            }

            error.Flush();
        }
    }

    private sealed class Logger(ConsoleLog owner, bool isHeard) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            isHeard && logLevel != LogLevel.None && logLevel >= (owner.Minimum < LogLevel.Information || owner.Minimum > LogLevel.Warning ? owner.Minimum : LogLevel.Warning);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Write(logLevel, formatter(state, exception), exception);
            }
        }
    }
}
