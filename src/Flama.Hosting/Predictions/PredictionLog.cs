using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Flama.Hosting.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Predictions;

/// <summary>Takes a record per request and writes it from a thread of its own time. Thread-safe; requests meet no lock.</summary>
/// <remarks>
/// Requests fill entries that are used again, and queue them. When all are under way, because the disk or the reader of the log is slow, records are dropped and counted
/// rather than requests held up.
/// </remarks>
internal sealed class PredictionLog : IDisposable
{
    /// <summary>So many records can wait.</summary>
    public const int Capacity = 4096;

    private const int PieceSize = 64 * 1024;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly BoundedQueue<PredictionEntry> waiting = new(Capacity);
    private readonly BoundedQueue<PredictionEntry> free = new(Capacity);
    private readonly Lock writing = new();
    private readonly ArrayBufferWriter<byte> lines = new();
    private readonly double sampleRate;
    private readonly PredictionFile? file;
    private readonly ILogger records;
    private readonly ILogger<PredictionLog> logger;
    private readonly Timer timer;
    private int made;
    private int isScheduled;
    private long dropped;
    private bool isDisposed;

    /// <summary>Starts the log.</summary>
    /// <exception cref="FlamaException">The file cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public PredictionLog(PredictionLogOptions options, ILoggerFactory loggers)
    {
        sampleRate = options.SampleRate;
        logger = loggers.CreateLogger<PredictionLog>();
        records = loggers.CreateLogger(PredictionLogOptions.Category);
        file = options.File is { Length: > 0 } path ? new PredictionFile(path) : null;
        timer = new Timer(static state => ((PredictionLog)state!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>An entry for a request; null when it is not to be logged. Goes to <see cref="Add"/>.</summary>
    public PredictionEntry? Begin()
    {
        if (sampleRate < 1 && Random.Shared.NextDouble() >= sampleRate)
        {
            return null;
        }

        if (free.TryDequeue(out var entry))
        {
            return entry;
        }

        if (Volatile.Read(ref made) < Capacity && Interlocked.Increment(ref made) <= Capacity)
        {
            return new PredictionEntry();
        }

        Interlocked.Increment(ref dropped);
        Schedule();
        return null;
    }

    /// <summary>Logs an entry, which is not the caller's any more.</summary>
    public void Add(PredictionEntry entry)
    {
        // There are no more entries than the queue takes.
        _ = waiting.TryEnqueue(entry);
        Schedule();
    }

    /// <summary>Writes what is left.</summary>
    public void Dispose()
    {
        timer.Dispose();
        Flush();
        lock (writing)
        {
            isDisposed = true;
            file?.Dispose();
        }
    }

    private void Schedule()
    {
        if (Volatile.Read(ref isScheduled) == 0 && Interlocked.Exchange(ref isScheduled, 1) == 0)
        {
            try
            {
                timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // A request that outlives its application.
            }
        }
    }

    private void Flush()
    {
        lock (writing)
        {
            if (isDisposed)
            {
                return;
            }

            Volatile.Write(ref isScheduled, 0);
            var lost = Interlocked.Exchange(ref dropped, 0);
            var count = 0;
            while (waiting.TryDequeue(out var entry))
            {
                lost += Write(entry, ref count);
                entry.Clear();
                _ = free.TryEnqueue(entry);
            }

            lost += WriteLines(ref count);
            if (lost > 0)
            {
                FlamaDiagnostics.NoteDropped(lost);
                Log.PredictionsDropped(logger, lost, file?.LastFailure is { } failure ? $"the file cannot be written ({failure})" : "the log is not written fast enough");
            }
        }
    }

    // Gives how many records were lost.
    [SuppressMessage("Design", "CA1031", Justification = "Predicting goes on whatever a log of the application's does.")]
    private long Write(PredictionEntry entry, ref int count)
    {
        if (file is not null)
        {
            PredictionLine.Write(lines, entry, sampleRate);
            count++;
            return lines.WrittenCount < PieceSize ? 0 : WriteLines(ref count);
        }

        try
        {
            PredictionLine.Write(records, entry, sampleRate);
            return 0;
        }
        catch (Exception)
        {
            return 1;
        }
    }

    private long WriteLines(ref int count)
    {
        var lost = count > 0 && !file!.TryWrite(lines.WrittenSpan) ? count : 0;
        lines.ResetWrittenCount();
        count = 0;
        return lost;
    }
}
