using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flama.AspNetCore.Logging;

/// <summary>A log in a file or in a stream of the process. A message is written when <c>Log</c> returns, in one piece. Thread-safe.</summary>
/// <remarks>
/// The console log of the framework writes from a thread of its own, which may lose the last lines of a process; the last line of a server tells how it ended.
/// </remarks>
/// <param name="stream">Takes the lines; closed with the log.</param>
/// <param name="formatter">How they are written, and which.</param>
/// <param name="encoding">The stream's encoding.</param>
internal sealed class StreamLog(Stream stream, LogFormatter formatter, Encoding encoding) : ILoggerProvider
{
    private const int LineSize = 16 << 10;

    private readonly Lock writing = new();
    private readonly StreamWriter writer = new(stream, encoding, LineSize);
    private bool isClosed;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (writing)
        {
            isClosed = true;
            try
            {
                writer.Dispose();
            }
            catch (IOException)
            {
                // As below; the stream is closed all the same.
            }
        }
    }

    private void Write<TState>(in LogEntry<TState> entry)
    {
        lock (writing)
        {
            if (isClosed)
            {
                return;
            }

            try
            {
                formatter.Write(entry, null, writer);
                writer.Flush();
            }
            catch (IOException)
            {
                // Serving goes on when the disk of the log is full or its reader is gone.
            }
        }
    }

    private sealed class Logger(StreamLog owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
    }
}
