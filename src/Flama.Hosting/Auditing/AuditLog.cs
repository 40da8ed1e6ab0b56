using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Auditing;

/// <summary>Writes who did what, one JSON object a line, each with the hash of the one before: nothing can be changed or taken out unseen. Thread-safe.</summary>
/// <remarks>
/// Records are written by one thread in the background, in the order they came. A disk that takes no more holds up nothing: records wait, and when too many do, are
/// dropped and counted in an entry of their own. <see cref="AuditChain"/> checks a log.
/// </remarks>
public sealed class AuditLog : IAsyncDisposable
{
    private const int MostWaiting = 100_000, MostPerWrite = 1000;
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ILogger<AuditLog> logger;
    private readonly Channel<AuditRecord> records = Channel.CreateUnbounded<AuditRecord>(new UnboundedChannelOptions { SingleReader = true });
    private readonly AuditWriter writer;
    private readonly CancellationTokenSource ending = new();
    private readonly Task writing;
    private int waiting;
    private long dropped;
    private bool isFailing;

    /// <summary>Opens the log, or goes on with one that is there.</summary>
    /// <param name="options">Where, and how long.</param>
    /// <param name="logger">Takes warnings.</param>
    /// <exception cref="FlamaException">
    /// The file cannot be written or another process writes it (<see cref="ErrorCodes.FileUnwritable"/>), or its last line is not an entry (<see cref="ErrorCodes.Corrupt"/>).
    /// </exception>
    public AuditLog(AuditOptions options, ILogger<AuditLog> logger)
        : this(options, logger, TimeProvider.System)
    {
    }

    internal AuditLog(AuditOptions options, ILogger<AuditLog> logger, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxFileBytes, AuditOptions.LeastFileBytes, nameof(options));
        this.logger = logger;
        writer = new AuditWriter(options, time);
        if (writer.LostBytes > 0)
        {
            Log.AuditRecovered(logger, options.Path, writer.LostBytes);
        }

        writing = WriteAllAsync();
    }

    /// <summary>Adds a record.</summary>
    public void Write(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            Interlocked.Increment(ref dropped);
            return;
        }

        records.Writer.TryWrite(record);
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (records.Writer.TryComplete())
        {
            await ending.CancelAsync();
            await writing;
            writer.Dispose();
            ending.Dispose();
        }
    }

    private async Task WriteAllAsync()
    {
        List<AuditRecord> batch = [];
        while (await records.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < MostPerWrite && records.Reader.TryRead(out var record))
            {
                Interlocked.Decrement(ref waiting);
                batch.Add(record);
            }

            if (Interlocked.Exchange(ref dropped, 0) is > 0 and var lost)
            {
                batch.Add(new AuditRecord($"{lost} entries could not be written"));
            }

            while (!TryWrite(batch) && !ending.IsCancellationRequested)
            {
                await Task.Delay(RestAfterFailure, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            batch.Clear();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The boundary to the disk: serving goes on, and the log tells.")]
    private bool TryWrite(List<AuditRecord> batch)
    {
        try
        {
            writer.Write(batch);
            isFailing = false;
            return true;
        }
        catch (Exception failure)
        {
            if (!isFailing)
            {
                isFailing = true;
                Log.AuditFailed(logger, failure.Message);
            }

            return false;
        }
    }
}
