using Flama.Cli.Errors;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Serving;

/// <summary>Warnings and errors of the running server, on standard error.</summary>
internal sealed class ConsoleLog(TextWriter error) : ILoggerProvider
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

    /// <summary>Writes a line with the level in front, as wide as the Python original has it.</summary>
    public void Write(LogLevel level, string message, Exception? exception = null)
    {
        var label = level switch
        {
            LogLevel.Critical => "CRITICAL: ",
            LogLevel.Error => "ERROR:    ",
            LogLevel.Warning => "WARNING:  ",
            _ => "INFO:     ",
        };
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

        public bool IsEnabled(LogLevel logLevel) => isHeard && logLevel is >= LogLevel.Warning and not LogLevel.None;

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
