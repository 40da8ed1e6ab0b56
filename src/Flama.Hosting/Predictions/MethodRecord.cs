using System.Diagnostics;

namespace Flama.Hosting.Predictions;

/// <summary>What was asked of one method of one version of a model, and what it answered: counters and histograms of fixed size. Thread-safe without a lock.</summary>
/// <remarks>Answers of the cache count among all, and are counted once more by themselves, as soon as there is one.</remarks>
internal sealed class MethodRecord
{
    // Deciles of the answers so far are found anew when there are so many times as many.
    private const int Growth = 2;
    private const int FirstRanking = 32;
    private const int MostBetweenRankings = 4096;
    private const int FirstBucket = 8;
    private const int FirstAnswer = FirstBucket + LogScale.Durations;

    private const int FirstCachedBucket = 2;
    private const int FirstCachedAnswer = FirstCachedBucket + LogScale.Durations;

    private static readonly double TicksPerCount = (double)TimeSpan.TicksPerSecond / Stopwatch.Frequency;

    private readonly StripedCounters counters;
    private StripedCounters? cached;
    private byte[]? deciles;
    private long answersToRank = FirstRanking;

    /// <summary>Makes the record.</summary>
    public MethodRecord(ModelMethod method)
    {
        Name = method.Name;
        Form = AnswerForm.Of(method);
        counters = new(FirstAnswer + Form.Counters);
        Features = method.Input is TableSpec { HasKnownFeatures: true } table ? table.Features.Count : null;
    }

    private enum CachedCounter
    {
        Requests,
        Rows,
    }

    private enum Counter
    {
        Succeeded,
        Failed,
        Rows,
        Runs,
        TotalTicks,
        ReadTicks,
        PredictTicks,
        WriteTicks,
    }

    /// <summary>The method's name.</summary>
    public string Name { get; }

    /// <summary>What is counted of the answers.</summary>
    public AnswerForm Form { get; }

    /// <summary>How many features the method takes; null where it does not tell.</summary>
    public int? Features { get; }

    /// <summary>Counts a request.</summary>
    /// <param name="failed">Whether it was refused or failed.</param>
    /// <param name="times">How long it took, as counts of <see cref="Stopwatch"/>.</param>
    /// <param name="isCached">Whether the answer is one of the cache.</param>
    public void AddRequest(bool failed, in RequestTimes times, bool isCached = false)
    {
        var stripe = counters.Own();
        var total = Ticks(times.Total);
        Interlocked.Increment(ref stripe[(int)(failed ? Counter.Failed : Counter.Succeeded)]);
        Interlocked.Add(ref stripe[(int)Counter.TotalTicks], total);
        Interlocked.Add(ref stripe[(int)Counter.ReadTicks], Ticks(times.Read));
        Interlocked.Add(ref stripe[(int)Counter.PredictTicks], Ticks(times.Predict));
        Interlocked.Add(ref stripe[(int)Counter.WriteTicks], Ticks(times.Write));
        Interlocked.Increment(ref stripe[FirstBucket + LogScale.OfDuration(total)]);
        if (isCached)
        {
            var own = Cached().Own();
            Interlocked.Increment(ref own[(int)CachedCounter.Requests]);
            Interlocked.Increment(ref own[FirstCachedBucket + LogScale.OfDuration(total)]);
        }
    }

    /// <summary>Counts an answer of the cache, and its rows by class or decile in an entry of the log where there is one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="tally">What <see cref="AnswerTally"/> wrote of the answer.</param>
    /// <param name="entry">The entry; null for none.</param>
    public void AddCached(int rows, ReadOnlySpan<byte> tally, PredictionEntry? entry)
    {
        var (stripe, own) = (counters.Own(), Cached().Own());
        Interlocked.Add(ref own[(int)CachedCounter.Rows], rows);
        while (AnswerTally.TryTake(ref tally, out var counter, out var count))
        {
            // A store may hold anything.
            if (counter < Form.Counters)
            {
                Interlocked.Add(ref stripe[FirstAnswer + counter], count);
                Interlocked.Add(ref own[FirstCachedAnswer + counter], count);
                entry?.Count(IndexOf(counter), count);
            }
        }
    }

    /// <summary>Counts what was computed for a request, and the rows by class or decile in an entry of the log where there is one.</summary>
    public void AddAnswer(int rows, ModelOutput output, PredictionEntry? entry)
    {
        var stripe = counters.Own();
        Interlocked.Increment(ref stripe[(int)Counter.Runs]);
        Interlocked.Add(ref stripe[(int)Counter.Rows], rows);
        if (Form.Kind == AnswerKind.None || output.First is not PredictionBatch batch || !Form.Fits(batch))
        {
            return;
        }

        for (var row = 0; row < batch.Rows; row++)
        {
            var counter = Form.CounterOf(batch, row);
            if (counter < 0)
            {
                continue;
            }

            Interlocked.Increment(ref stripe[FirstAnswer + counter]);
            entry?.Count(IndexOf(counter));
        }

        if (Form.Kind == AnswerKind.Numbers && Interlocked.Add(ref answersToRank, -batch.Rows) <= 0)
        {
            Rank();
        }
    }

    /// <summary>All counters as they are now.</summary>
    public MethodFigures Read()
    {
        var sum = counters.Sum();
        var own = Volatile.Read(ref cached)?.Sum();
        return new()
        {
            Name = Name,
            Form = Form,
            Succeeded = sum[(int)Counter.Succeeded],
            Failed = sum[(int)Counter.Failed],
            Rows = sum[(int)Counter.Rows],
            Runs = sum[(int)Counter.Runs],
            Total = TimeSpan.FromTicks(sum[(int)Counter.TotalTicks]),
            Read = TimeSpan.FromTicks(sum[(int)Counter.ReadTicks]),
            Predict = TimeSpan.FromTicks(sum[(int)Counter.PredictTicks]),
            Write = TimeSpan.FromTicks(sum[(int)Counter.WriteTicks]),
            Latencies = sum[FirstBucket..FirstAnswer],
            Answers = sum[FirstAnswer..],
            Cached = own is null
                ? CachedFigures.None
                : new(own[(int)CachedCounter.Requests], own[(int)CachedCounter.Rows], own[FirstCachedBucket..FirstCachedAnswer], own[FirstCachedAnswer..]),
        };
    }

    private static long Ticks(long counts) => (long)(counts * TicksPerCount);

    private StripedCounters Cached() =>
        Volatile.Read(ref cached) ?? Interlocked.CompareExchange(ref cached, new StripedCounters(FirstCachedAnswer + Form.Counters), null) ?? cached;

    // The class, or the decile as far as they are known.
    private int IndexOf(int counter) => Form.Kind == AnswerKind.Classes ? counter : Volatile.Read(ref deciles) is { } ranks ? ranks[counter] : -1;

    // One of the threads that come by; while it works, the others go on with the deciles of before.
    private void Rank()
    {
        var counts = Read().Answers;
        var all = counts.Sum();
        Interlocked.Exchange(ref answersToRank, Math.Min(all * (Growth - 1), MostBetweenRankings));
        var made = new byte[counts.Length];
        var below = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            // The middle of the bucket stands for it.
            var rank = (below + (counts[bucket] / 2.0)) / all;
            made[bucket] = (byte)Math.Min(rank * PredictionEntry.Deciles, PredictionEntry.Deciles - 1);
            below += counts[bucket];
        }

        Volatile.Write(ref deciles, made);
    }
}
