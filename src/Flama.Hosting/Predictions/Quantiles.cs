namespace Flama.Hosting.Predictions;

/// <summary>Quantiles of counts in buckets.</summary>
internal static class Quantiles
{
    /// <summary>The duration below which a share of the requests took, interpolated within its bucket; null for none.</summary>
    public static TimeSpan? OfDurations(ReadOnlySpan<long> counts, double share) =>
        Find(counts, share) is var (bucket, within) && bucket >= 0
            ? TimeSpan.FromTicks((long)(LogScale.DurationAt(bucket) + (within * (LogScale.DurationAt(bucket + 1) - LogScale.DurationAt(bucket)))))
            : null;

    /// <summary>The number below which a share of the answers lies, as the middle of its bucket; null for none.</summary>
    public static double? OfNumbers(ReadOnlySpan<long> counts, double share) => Find(counts, share) is { Bucket: >= 0 and var bucket } ? LogScale.NumberIn(bucket) : null;

    private static (int Bucket, double Within) Find(ReadOnlySpan<long> counts, double share)
    {
        var all = 0L;
        foreach (var count in counts)
        {
            all += count;
        }

        var rest = share * all;
        for (var i = 0; i < counts.Length && all > 0; i++)
        {
            if (counts[i] > 0 && rest <= counts[i])
            {
                return (i, rest / counts[i]);
            }

            rest -= counts[i];
        }

        return (-1, 0);
    }
}
