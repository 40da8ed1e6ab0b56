using System.Diagnostics;

namespace Flama.Hosting.Predictions;

/// <summary>What was asked of one method of one version of a model, and what it answered: counters and histograms of fixed size. Thread-safe without a lock.</summary>
/// <remarks>Processors count in stripes of their own, which are added up when someone asks.</remarks>
internal sealed class MethodRecord
{
    // Deciles of the answers so far are found anew when there are so many times as many.
    private const int Growth = 2;
    private const int FirstRanking = 32;
    private const int MostBetweenRankings = 4096;
    private const int FirstBucket = 8;
    private const int FirstAnswer = FirstBucket + LogScale.Durations;

    private static readonly int StripeCount = (int)Math.Min(16, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));
    private static readonly double TicksPerCount = (double)TimeSpan.TicksPerSecond / Stopwatch.Frequency;

    private readonly long[]?[] stripes = new long[StripeCount][];
    private byte[]? deciles;
    private long answersToRank = FirstRanking;

    /// <summary>Makes the record.</summary>
    public MethodRecord(ModelMethod method)
    {
        Name = method.Name;
        Form = AnswerForm.Of(method);
        Features = method.Input is TableSpec { HasKnownFeatures: true } table ? table.Features.Count : null;
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
    public void AddRequest(bool failed, in RequestTimes times)
    {
        var stripe = Stripe();
        var total = Ticks(times.Total);
        Interlocked.Increment(ref stripe[(int)(failed ? Counter.Failed : Counter.Succeeded)]);
        Interlocked.Add(ref stripe[(int)Counter.TotalTicks], total);
        Interlocked.Add(ref stripe[(int)Counter.ReadTicks], Ticks(times.Read));
        Interlocked.Add(ref stripe[(int)Counter.PredictTicks], Ticks(times.Predict));
        Interlocked.Add(ref stripe[(int)Counter.WriteTicks], Ticks(times.Write));
        Interlocked.Increment(ref stripe[FirstBucket + LogScale.OfDuration(total)]);
    }

    /// <summary>Counts what was computed for a request, and the rows by class or decile in an entry of the log where there is one.</summary>
    public void AddAnswer(int rows, ModelOutput output, PredictionEntry? entry)
    {
        var stripe = Stripe();
        Interlocked.Increment(ref stripe[(int)Counter.Runs]);
        Interlocked.Add(ref stripe[(int)Counter.Rows], rows);
        if (Form.Kind == AnswerKind.None || output.First is not PredictionBatch batch || !Form.Fits(batch))
        {
            return;
        }

        var ranks = Form.Kind == AnswerKind.Numbers ? Volatile.Read(ref deciles) : null;
        for (var row = 0; row < batch.Rows; row++)
        {
            var counter = Form.CounterOf(batch, row);
            if (counter < 0)
            {
                continue;
            }

            Interlocked.Increment(ref stripe[FirstAnswer + counter]);
            entry?.Count(Form.Kind == AnswerKind.Classes ? counter : ranks is null ? -1 : ranks[counter]);
        }

        if (Form.Kind == AnswerKind.Numbers && Interlocked.Add(ref answersToRank, -batch.Rows) <= 0)
        {
            Rank();
        }
    }

    /// <summary>All counters as they are now.</summary>
    public MethodFigures Read()
    {
        var sum = new long[FirstAnswer + Form.Counters];
        foreach (var stripe in stripes)
        {
            for (var i = 0; i < stripe?.Length; i++)
            {
                sum[i] += Volatile.Read(ref stripe[i]);
            }
        }

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
        };
    }

    private static long Ticks(long counts) => (long)(counts * TicksPerCount);

    private long[] Stripe()
    {
        ref var own = ref stripes[Thread.GetCurrentProcessorId() & (StripeCount - 1)];
        return Volatile.Read(ref own) ?? Interlocked.CompareExchange(ref own, new long[FirstAnswer + Form.Counters], null) ?? own;
    }

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
