using Flama.AspNetCore.Admission;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Tests;

public sealed class ModelGateTests
{
    private readonly DefaultHttpContext context = new();

    [Fact]
    public async Task Enter_AboveThePlaces_WaitsInOrder_AndAboveTheQueueIsRefused()
    {
        ModelGate gate = new(places: 1, queue: 2, patience: null);
        var first = await EnterAsync(gate);
        var second = EnterAsync(gate);
        var third = EnterAsync(gate);

        var refused = await Assert.ThrowsAsync<FlamaException>(() => EnterAsync(gate));
        Assert.Throws<FlamaException>(() => gate.Check(context));
        var waited = (second.IsCompleted, third.IsCompleted);
        first.Dispose();
        var (next, stillWaiting) = (await second, third.IsCompleted);
        next.Dispose();
        (await third).Dispose();

        Assert.Equal(ErrorCodes.Overloaded, refused.Code);
        Assert.Equal("1", RetryLater.Of(context));
        Assert.Equal((false, false), waited);
        Assert.False(stillWaiting);
        gate.Check(context);
        (await EnterAsync(gate)).Dispose();
    }

    [Fact]
    public async Task Enter_WhenTheWaitWouldBeTooLong_IsRefusedAtOnce()
    {
        ModelGate gate = new(places: 1, queue: 1000, patience: TimeSpan.FromTicks(1));
        gate.Leave(await EnterAndGetTimeAsync(gate));
        var first = await EnterAsync(gate);

        await Assert.ThrowsAsync<FlamaException>(() => EnterAsync(gate));
        var stream = EnterAsync(gate, waitsAnyTime: true);
        first.Dispose();

        (await stream).Dispose();
    }

    [Fact]
    public async Task Enter_ThatIsCancelled_LeavesTheQueue()
    {
        ModelGate gate = new(places: 1, queue: 1, patience: null);
        var first = await EnterAsync(gate);
        using CancellationTokenSource leaving = new();
        var second = EnterAsync(gate, leaving: leaving);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var third = EnterAsync(gate);
        first.Dispose();

        (await third).Dispose();
        (await EnterAsync(gate)).Dispose();
    }

    [Fact]
    public async Task Enter_FromManyThreads_NeverLetsMoreIn_AndLosesNobody()
    {
        const int places = 3;
        ModelGate gate = new(places, queue: 1000, patience: null);
        var (inside, most, done) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                using CancellationTokenSource leaving = new();
                if ((number + i) % 7 == 0)
                {
                    leaving.CancelAfter(TimeSpan.FromTicks(10));
                }

                try
                {
                    using var place = await gate.EnterAsync(new DefaultHttpContext(), waitsAnyTime: false, leaving.Token);
                    var now = Interlocked.Increment(ref inside);
                    InterlockedMax(ref most, now);
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                }
                catch (OperationCanceledException)
                {
                    // It did not get its place in time.
                }

                Interlocked.Increment(ref done);
            }
        })));

        Assert.Equal(32 * 500, done);
        Assert.InRange(most, 1, places);
        Assert.Equal(TimeSpan.Zero, gate.Wait);
        var all = new List<GatePlace>();
        for (var i = 0; i < places; i++)
        {
            all.Add(await EnterAsync(gate));
        }

        Assert.False(EnterAsync(gate).IsCompleted);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
            // Another was quicker.
        }
    }

    private Task<GatePlace> EnterAsync(ModelGate gate, bool waitsAnyTime = false, CancellationTokenSource? leaving = null) =>
        gate.EnterAsync(context, waitsAnyTime, leaving?.Token ?? TestContext.Current.CancellationToken).AsTask();

    // A place that was taken long ago: what the next ones are expected to take.
    private async Task<long> EnterAndGetTimeAsync(ModelGate gate)
    {
        await EnterAsync(gate);
        return 1;
    }
}
