using Flama.Hosting.Predictions;

namespace Flama.Tests.Predictions;

public sealed class LogScaleTests
{
    [Fact]
    public void OfDuration_EveryDuration_IsInItsBucketAndNear()
    {
        for (var ticks = 0L; ticks < 1L << 33; ticks += 1 + (ticks / 7))
        {
            var bucket = LogScale.OfDuration(ticks);

            Assert.InRange(ticks, LogScale.DurationAt(bucket), LogScale.DurationAt(bucket + 1) - 0.001);
            Assert.True(LogScale.DurationAt(bucket + 1) - LogScale.DurationAt(bucket) <= Math.Max(1, ticks / 8.0));
        }

        Assert.Equal((0, LogScale.Durations - 1), (LogScale.OfDuration(-5), LogScale.OfDuration(long.MaxValue)));
    }

    [Theory]
    [InlineData(1e-7)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(123456.7)]
    [InlineData(-0.3)]
    [InlineData(-7e9)]
    public void OfNumber_Number_IsNearTheMiddleOfItsBucket(double value)
    {
        // Half a bucket of four in a doubling.
        const double tolerance = 0.125;
        var expected = Math.Abs(value) < Math.Pow(2, -20) ? 0 : value;

        Assert.Equal(expected, LogScale.NumberIn(LogScale.OfNumber(value)), Math.Abs(value) * tolerance);
    }

    [Fact]
    public void OfNumber_Buckets_AreInOrder()
    {
        double[] values = [double.NegativeInfinity, -1e30, -1, -1e-3, 0, 1e-9, 1e-3, 0.5, 1, 1e30, double.PositiveInfinity];

        var buckets = Array.ConvertAll(values, LogScale.OfNumber);

        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal((0, LogScale.Numbers - 1, -1), (buckets[0], buckets[^1], LogScale.OfNumber(double.NaN)));
    }

    [Fact]
    public void OfDurations_KnownCounts_GivesTheirQuantiles()
    {
        var counts = new long[LogScale.Durations];
        for (var ms = 1; ms <= 1000; ms++)
        {
            counts[LogScale.OfDuration(ms * TimeSpan.TicksPerMillisecond)]++;
        }

        // A bucket is an eighth of a doubling.
        Assert.Equal(500, Quantiles.OfDurations(counts, 0.5)!.Value.TotalMilliseconds, 500 * 0.07);
        Assert.Equal(990, Quantiles.OfDurations(counts, 0.99)!.Value.TotalMilliseconds, 990 * 0.07);
        Assert.Null(Quantiles.OfDurations(new long[LogScale.Durations], 0.5));
    }
}
