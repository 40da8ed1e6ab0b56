using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flama.AspNetCore.Logging;

/// <summary>A log in a file, which the framework does not have. Thread-safe.</summary>
/// <param name="file">Takes the lines; closed with the log.</param>
/// <param name="formatter">How they are written, and which.</param>
internal sealed class FileLog(Stream file, LogFormatter formatter) : ILoggerProvider
{
    private readonly Lock writing = new();
    private readonly StreamWriter writer = new(file);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private void Write<TState>(in LogEntry<TState> entry)
    {
        lock (writing)
        {
            try
            {
                formatter.Write(entry, null, writer);
                writer.Flush();
            }
            catch (IOException)
            {
                // Serving goes on when the disk of the log is full.
            }
        }
    }

    private sealed class Logger(FileLog owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
    }
}
