using System.Net;
using Flama.AspNetCore.RateLimits;

namespace Flama.AspNetCore.Tests;

public sealed class RateWindowsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Count_InOneWindow_StopsAtTheLimitAndOne()
    {
        RateWindows windows = new(3, Minute);

        int[] counts = [.. Enumerable.Range(0, 6).Select(_ => windows.Count(7, 1))];

        Assert.Equal([1, 2, 3, 4, 4, 4], counts);
    }

    [Fact]
    public void Count_InAnotherWindow_BeginsAnew_AlsoWhenTheClockIsSetBack()
    {
        RateWindows windows = new(3, Minute);
        windows.UseUp(7, 100);

        Assert.Equal((4, 1, 1), (windows.Count(7, 100), windows.Count(7, 101), windows.Count(7, 40)));
    }

    [Fact]
    public async Task Count_FromManyThreads_LosesNone()
    {
        const int each = 10_000;
        RateWindows windows = new(1_000_000, Minute);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                windows.Count(7, 1);
            }
        })));

        Assert.Equal((4 * each) + 1, windows.Count(7, 1));
    }

    [Fact]
    public void ManyCallers_TakeNoMoreRoom_AndDoNotFreeOneNearItsLimit()
    {
        RateWindows windows = new(10, Minute, sets: 4);
        var heavy = CallerHash.Of(IPAddress.Parse("192.0.2.1"));
        for (var i = 0; i < 9; i++)
        {
            windows.Count(heavy, 1);
        }

        for (var i = 0; i < 10_000; i++)
        {
            windows.Count(CallerHash.Of(new IPAddress(i + 1)), 1);
        }

        Assert.Equal(10, windows.Count(heavy, 1));
    }

    [Fact]
    public void WindowOf_EveryCaller_LastsAsLongAsItIsSaidTo()
    {
        RateWindows windows = new(10, Minute);
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000);
        foreach (var address in Enumerable.Range(1, 100).Select(i => new IPAddress(i)))
        {
            var caller = CallerHash.Of(address);
            var left = windows.LeftOf(caller, now);

            Assert.InRange(left, 1, 60_000);
            Assert.Equal(windows.WindowOf(caller, now), windows.WindowOf(caller, now.AddMilliseconds(left - 1)));
            Assert.Equal(windows.WindowOf(caller, now) + 1, windows.WindowOf(caller, now.AddMilliseconds(left)));
        }
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void CallerHash_OfAddresses_TellsCustomersApart(string one, string other, bool areOne) =>
        Assert.Equal(areOne, CallerHash.Of(IPAddress.Parse(one)) == CallerHash.Of(IPAddress.Parse(other)));
}
