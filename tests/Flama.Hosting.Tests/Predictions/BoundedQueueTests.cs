using Flama.Hosting.Predictions;

namespace Flama.Tests.Predictions;

public sealed class BoundedQueueTests
{
    [Fact]
    public void TryEnqueue_FullQueue_SaysSo()
    {
        BoundedQueue<string> queue = new(2);

        Assert.Equal([true, true, false], new[] { queue.TryEnqueue("a"), queue.TryEnqueue("b"), queue.TryEnqueue("c") });
        Assert.True(queue.TryDequeue(out var first));
        Assert.True(queue.TryEnqueue("d"));
        Assert.True(queue.TryDequeue(out var second) & queue.TryDequeue(out var third));
        Assert.False(queue.TryDequeue(out _));
        Assert.Equal(["a", "b", "d"], [first, second, third]);
    }

    [Fact]
    public async Task ManyThreads_LoseAndDoubleNothing()
    {
        const int writers = 4, perWriter = 50_000;
        BoundedQueue<object> queue = new(64);
        var cancel = TestContext.Current.CancellationToken;
        var seen = 0L;
        var sum = 0L;
        var writing = Enumerable.Range(0, writers).Select(_ => Task.Run(
            () =>
            {
                for (var i = 1; i <= perWriter; i++)
                {
                    object item = i;
                    while (!queue.TryEnqueue(item))
                    {
                        cancel.ThrowIfCancellationRequested();
                        Thread.Yield();
                    }
                }
            },
            cancel));
        var reading = Enumerable.Range(0, 2).Select(_ => Task.Run(
            () =>
            {
                while (Volatile.Read(ref seen) < writers * perWriter)
                {
                    cancel.ThrowIfCancellationRequested();
                    if (queue.TryDequeue(out var item))
                    {
                        Interlocked.Increment(ref seen);
                        Interlocked.Add(ref sum, (int)item);
                    }
                }
            },
            cancel));

        await Task.WhenAll([.. writing, .. reading]);

        Assert.Equal((writers * (long)perWriter, writers * (perWriter * (perWriter + 1L) / 2)), (seen, sum));
    }
}
