namespace Flama.Hosting.Predictions;

/// <summary>Counters that processors keep in stripes of their own, which are added up when someone asks. Thread-safe without a lock.</summary>
/// <param name="length">How many there are.</param>
internal sealed class StripedCounters(int length)
{
    private static readonly int StripeCount = (int)Math.Min(16, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));

    private readonly long[]?[] stripes = new long[StripeCount][];

    /// <summary>The counters of this processor, to be changed by <see cref="Interlocked"/> only.</summary>
    public long[] Own()
    {
        ref var own = ref stripes[Thread.GetCurrentProcessorId() & (StripeCount - 1)];
        return Volatile.Read(ref own) ?? Interlocked.CompareExchange(ref own, new long[length], null) ?? own;
    }

    /// <summary>All counters as they are now.</summary>
    public long[] Sum()
    {
        var sum = new long[length];
        foreach (var stripe in stripes)
        {
            for (var i = 0; i < stripe?.Length; i++)
            {
                sum[i] += Volatile.Read(ref stripe[i]);
            }
        }

        return sum;
    }
}
