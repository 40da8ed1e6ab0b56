using Flama.Hosting.Batching;

namespace Flama.Tests.Batching;

/// <summary>Calls are joined where that was measured to be faster.</summary>
public sealed class JoinWorthTests
{
    private const int Enough = 32;

    private readonly SteppedClock clock = new();

    [Theory]
    [InlineData(1000, 500, true)]
    [InlineData(1000, 985, true)]
    [InlineData(1000, 995, false)]
    [InlineData(1000, 2000, false)]
    [InlineData(9, 1, false)]
    public void Pays_AsMeasured(int alone, int each, bool pays)
    {
        JoinWorth worth = new(clock);
        worth.NoteAlone(Microseconds(alone));

        Join(worth, each);

        Assert.Equal(pays, worth.Decide());
    }

    [Fact]
    public void Joining_ThatDoesNotPay_IsTriedAgainLater_AndEachTimeAfterALongerPause()
    {
        JoinWorth worth = new(clock);
        worth.NoteAlone(Microseconds(100));
        Join(worth, 200);
        clock.Pass(TimeSpan.FromSeconds(4));
        Assert.False(worth.Decide());

        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.True(worth.Decide());
        Join(worth, 200);
        clock.Pass(TimeSpan.FromSeconds(9));
        Assert.False(worth.Decide());

        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.True(worth.Decide());
        Join(worth, 50);
        Assert.True(worth.Decide());
        Assert.Equal(TimeSpan.FromMicroseconds(100), worth.Alone);
    }

    [Fact]
    public void Intervals_FollowTheCalls()
    {
        Arrivals arrivals = new(clock);
        arrivals.Note();
        Assert.Equal(TimeSpan.MaxValue, arrivals.Interval);

        for (var i = 0; i < 100; i++)
        {
            clock.Pass(TimeSpan.FromMilliseconds(1));
            arrivals.Note();
        }

        Assert.Equal(1, arrivals.Interval.TotalMilliseconds, 3);
        clock.Pass(TimeSpan.FromHours(1));
        arrivals.Note();
        Assert.InRange(arrivals.Interval.TotalMilliseconds, 100, 200);
    }

    private static long Microseconds(int count) => count * TimeSpan.TicksPerMicrosecond;

    private static void Join(JoinWorth worth, int each)
    {
        for (var i = 0; i < Enough; i++)
        {
            // As each call asks before.
            worth.Decide();
            worth.NoteTogether(Microseconds(4 * each), requests: 4);
        }
    }
}
