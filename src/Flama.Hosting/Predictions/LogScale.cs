using System.Numerics;

namespace Flama.Hosting.Predictions;

/// <summary>Buckets whose width grows with the number, so that a few hundred of them tell quantiles of anything.</summary>
internal static class LogScale
{
    // Durations: eight buckets for each doubling from 100 ns to two minutes; half a bucket is 6 % of the value at most.
    private const int DurationBits = 3;
    private const int DurationOctaves = 31;

    // Answers: four buckets for each doubling from 2⁻²⁰ to 2⁴⁰, of both signs, and one for what is nearer to zero.
    private const int NumberBits = 2;
    private const int LowestExponent = -20;
    private const int NumberOctaves = 60;
    private const int PerSign = NumberOctaves << NumberBits;
    private const int MantissaBits = 52;
    private const int Bias = 1023;

    /// <summary>How many buckets durations have.</summary>
    public const int Durations = DurationOctaves << DurationBits;

    /// <summary>How many buckets numbers have.</summary>
    public const int Numbers = (2 * PerSign) + 1;

    /// <summary>The bucket of a duration.</summary>
    /// <param name="ticks">In units of 100 ns.</param>
    public static int OfDuration(long ticks)
    {
        if (ticks < 1 << DurationBits)
        {
            return (int)Math.Max(ticks, 0);
        }

        var octave = BitOperations.Log2((ulong)ticks);
        var part = (int)(ticks >> (octave - DurationBits)) & ((1 << DurationBits) - 1);
        return Math.Min(((octave - DurationBits + 1) << DurationBits) + part, Durations - 1);
    }

    /// <summary>Where a bucket of durations begins, in units of 100 ns.</summary>
    public static double DurationAt(int bucket)
    {
        var octave = bucket >> DurationBits;
        var part = bucket & ((1 << DurationBits) - 1);
        return octave == 0 ? part : Math.ScaleB((1 << DurationBits) + part, octave - 1);
    }

    /// <summary>The bucket of a number; -1 for NaN. Buckets are in the order of the numbers.</summary>
    public static int OfNumber(double value)
    {
        if (double.IsNaN(value))
        {
            return -1;
        }

        var bits = BitConverter.DoubleToInt64Bits(value) & long.MaxValue;
        var bucket = (int)(bits >> (MantissaBits - NumberBits)) - ((Bias + LowestExponent) << NumberBits);
        if (bucket < 0)
        {
            return PerSign;
        }

        bucket = Math.Min(bucket, PerSign - 1);
        return value < 0 ? PerSign - 1 - bucket : PerSign + 1 + bucket;
    }

    /// <summary>A number in the middle of a bucket.</summary>
    public static double NumberIn(int bucket)
    {
        if (bucket == PerSign)
        {
            return 0;
        }

        var rank = bucket < PerSign ? PerSign - 1 - bucket : bucket - PerSign - 1;
        var start = Math.ScaleB(1 + ((rank & ((1 << NumberBits) - 1)) / (double)(1 << NumberBits)), (rank >> NumberBits) + LowestExponent);
        var middle = start + Math.ScaleB(0.5, (rank >> NumberBits) + LowestExponent - NumberBits);
        return bucket < PerSign ? -middle : middle;
    }
}
