using System.Text;
using Flama.Cli.Errors;
using Flama.Cli.Logging;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Serving;

/// <summary>What the running server has to say, where the log goes. Thread-safe.</summary>
internal sealed class ConsoleLog : ILoggerProvider
{
    // The start lines tell of models, and a failure to start has its own message.
    private static readonly string[] Silent = ["Flama.AspNetCore.Models", "Microsoft.Extensions.Hosting"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Lock writing = new();
    private readonly List<(LogSink Sink, Stream Stream)> outputs = [];
    private readonly LogRouting routing;

    /// <summary>Opens the places of the log.</summary>
    /// <param name="routing">What is logged, where and how.</param>
    /// <param name="console">The streams of the process.</param>
    /// <exception cref="FlamaException">A file cannot be written.</exception>
    public ConsoleLog(LogRouting routing, CliConsole console)
    {
        this.routing = routing;
        foreach (var sink in routing.Server)
        {
            outputs.Add((sink, sink.Open(console)));
        }
    }

    /// <summary>The least important messages to show.</summary>
    public LogLevel Minimum => routing.Minimum;

    /// <summary>The least important messages that anybody of the framework may show.</summary>
    public LogLevel MinimumOfAll => routing.Categories.Values.Append(OfFramework(Minimum)).Min();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(
        this,
        categoryName,
        Silent.Any(prefix => categoryName.StartsWith(prefix, StringComparison.Ordinal)) ? LogLevel.None : LevelOf(categoryName));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (writing)
        {
            foreach (var (_, stream) in outputs)
            {
                stream.Dispose();
            }

            outputs.Clear();
        }
    }

    /// <summary>Writes a message of the command line's own.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="message">One line.</param>
    /// <param name="exception">What went wrong; null for nothing.</param>
    public void Write(LogLevel level, string message, Exception? exception = null) => Write(level, message, exception, []);

    /// <summary>Writes a message with its pieces.</summary>
    public void Write(LogLevel level, LogLine line) => Write(level, line.Message, null, line.Fields);

    private void Write(LogLevel level, string message, Exception? exception, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        if (level >= Minimum)
        {
            Write(new LogEvent(TimeProvider.System.GetUtcNow(), level, LogEvent.Own, message, fields, exception));
        }
    }

    private void Write(LogEvent entry)
    {
        lock (writing)
        {
            foreach (var (sink, stream) in outputs)
            {
                if (entry.Level >= sink.Minimum)
                {
                    Write(stream, sink.Layout.Format(entry));
                }
            }
        }
    }

    private static void Write(Stream stream, string line)
    {
        try
        {
            stream.Write(Utf8.GetBytes(line + '\n'));
            stream.Flush();
        }
        catch (IOException)
        {
            // Serving goes on when the log's disk is full or its reader is gone.
        }
    }

    private LogLevel LevelOf(string category)
    {
        var own = routing.Categories.Keys
            .Where(name => category == name || category.StartsWith($"{name}.", StringComparison.Ordinal))
            .MaxBy(name => name.Length);
        return own is null ? OfFramework(Minimum) : routing.Categories[own];
    }

    // The framework's own messages count as less important than ours.
    private static LogLevel OfFramework(LogLevel level) => level is LogLevel.Information ? LogLevel.Warning : level;

    private sealed class Logger(ConsoleLog owner, string category, LogLevel minimum) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= minimum;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            IReadOnlyList<KeyValuePair<string, object?>> fields = state is IReadOnlyList<KeyValuePair<string, object?>> pairs
                ? [.. pairs.Where(pair => pair.Key != "{OriginalFormat}")]
                : [];
            owner.Write(new LogEvent(TimeProvider.System.GetUtcNow(), logLevel, category, FailureText.OneLine(formatter(state, exception)), fields, exception));
        }
    }
}
