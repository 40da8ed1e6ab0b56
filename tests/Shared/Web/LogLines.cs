using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Flama.Tests.Hosting;

/// <summary>One line of a log.</summary>
internal sealed record LogLine(LogLevel Level, int Id, string Text);

/// <summary>Keeps what an application logs.</summary>
internal sealed class LogLines : ILoggerProvider
{
    // Far beyond what any line takes: one that does not come is shown with those that came.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<LogLine> lines = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<LogLine>> awaited = new();

    public IReadOnlyList<LogLine> All => [.. lines];

    /// <summary>Completes with the first line of an event, when it comes.</summary>
    public async Task<LogLine> FirstAsync(int id)
    {
        try
        {
            return await Of(id).Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"The event {id} was not logged. There are:\n{string.Join('\n', lines)}", failure);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    private TaskCompletionSource<LogLine> Of(int id) => awaited.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Logger(LogLines log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new LogLine(logLevel, eventId.Id, $"{formatter(state, exception)} {exception}");
            log.lines.Enqueue(line);
            log.Of(eventId.Id).TrySetResult(line);
        }
    }
}
