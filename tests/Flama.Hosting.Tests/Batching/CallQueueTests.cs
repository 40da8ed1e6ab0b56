using Flama.Hosting.Batching;

namespace Flama.Tests.Batching;

/// <summary>Calls that come at the same time are computed together, and nobody notices but by the time it takes.</summary>
public sealed class CallQueueTests : IDisposable
{
    private readonly Gated model = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Places are all taken by calls that the test lets go.
    private CallQueue Queue(int maxRows = 32, int maxQueue = 100) => model.Queue(new() { MaxRows = maxRows, MaxDelay = TimeSpan.Zero, MaxQueue = maxQueue });

    [Fact]
    public async Task Calls_ThatWait_AreComputedTogether_AndEachHasItsOwnRows()
    {
        var queue = Queue();
        await using var held = await model.HoldAsync(queue);
        var first = AskAsync(queue, Token, 1, 2);
        var second = AskAsync(queue, Token, 10);
        var third = AskAsync(queue, Token, 100, 200, 300);

        held.LetGo();

        Assert.Equal([2, 4], await first);
        Assert.Equal([20], await second);
        Assert.Equal([200, 400, 600], await third);
        Assert.Contains(6, model.Sizes);
    }

    [Fact]
    public async Task Calls_BeyondTheMostRows_AreComputedInTheNextCall_InTheirOrder()
    {
        var queue = Queue(maxRows: 4);
        await using var held = await model.HoldAsync(queue);
        var answers = Enumerable.Range(0, 10).Select(i => AskAsync(queue, Token, i)).ToArray();

        held.LetGo();

        var all = await Task.WhenAll(answers);
        Assert.All(all.Index(), pair => Assert.Equal([2d * pair.Index], pair.Item));
        Assert.All(model.Sizes, size => Assert.InRange(size, 1, 4));
    }

    [Fact]
    public async Task ARow_ThatTheModelRefuses_FailsAlone_WithItsOwnNumber()
    {
        var queue = Queue();
        await using var held = await model.HoldAsync(queue);
        var good = AskAsync(queue, Token, 1, 2);
        var bad = AskAsync(queue, Token, 3, -1);
        var alsoGood = AskAsync(queue, Token, 5);

        held.LetGo();

        Assert.Equal([2, 4], await good);
        Assert.Equal([10], await alsoGood);
        var failure = await Assert.ThrowsAsync<FlamaException>(() => bad);
        Assert.Equal(1, failure.Problems[0].Row);
    }

    [Fact]
    public async Task ACaller_ThatGivesUp_HoldsNobodyBack()
    {
        var queue = Queue();
        await using var held = await model.HoldAsync(queue);
        using CancellationTokenSource gone = new();
        var good = AskAsync(queue, Token, 1);
        var given = AskAsync(queue, gone.Token, 2);
        var alsoGood = AskAsync(queue, Token, 3);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        held.LetGo();

        Assert.Equal([2], await good);
        Assert.Equal([6], await alsoGood);
    }

    [Fact]
    public async Task AJointCall_EndsEarly_OnlyWhenAllOfItsCallersAreGone_AndHoldsItsModelUntilThen()
    {
        var queue = Queue();
        await using var held = await model.HoldAsync(queue);
        using CancellationTokenSource one = new(), other = new();
        var first = AskAsync(queue, one.Token, Gated.Endless);
        var second = AskAsync(queue, other.Token, Gated.Endless);
        held.LetGo();
        await model.EndlessHasBegun;

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(model.EndlessHasEnded.IsCompleted);
        await other.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        model.EndEndless();
        await model.EndlessHasEnded.WaitAsync(Token);
        Assert.False(model.WasDisposedMeanwhile);
    }

    [Fact]
    public async Task Calls_OfOtherColumnsOrCells_AreNotJoined()
    {
        var queue = Queue();
        await using var held = await model.HoldAsync(queue);
        using var numbers = FeatureBatch.Wrap([1], 1);
        using var missing = FeatureBatch.Wrap([double.NaN], 1);
        using var text = FeatureBatch.RentEmpty(1);
        text.AddRow();
        text.SetText(0, 0, "a");
        using var named = FeatureBatch.RentEmpty(1, columnNames: ["x"]);
        named.AddRow();
        named.SetNumber(0, 0, 1);
        var answers = new[] { numbers, missing, text, named }.Select(batch => model.AskAsync(queue, batch, Token)).ToArray();

        held.LetGo();

        foreach (var answer in await Task.WhenAll(answers))
        {
            answer.Dispose();
        }

        Assert.All(model.Sizes, size => Assert.Equal(1, size));
    }

    [Fact]
    public async Task Calls_BeyondTheQueue_AreRefused()
    {
        var queue = Queue(maxQueue: 2);
        await using var held = await model.HoldAsync(queue);
        var first = AskAsync(queue, Token, 1);
        var second = AskAsync(queue, Token, 2);

        var failure = await Assert.ThrowsAsync<FlamaException>(() => AskAsync(queue, Token, 3));
        held.LetGo();

        Assert.Equal(ErrorCodes.Overloaded, failure.Code);
        Assert.Equal([2], await first);
        Assert.Equal([4], await second);
    }

    [Fact]
    public async Task AMethod_WhoseRowsLookAtEachOther_AnswersEachAlone()
    {
        var queue = model.Queue(new() { MaxDelay = TimeSpan.Zero }, Gated.AddsTheFirst);
        await using var held = await model.HoldAsync(queue);
        var answers = Enumerable.Range(1, 20).Select(i => AskAsync(queue, Token, i)).ToArray();

        held.LetGo();

        Assert.All((await Task.WhenAll(answers)).Index(), pair => Assert.Equal([3d * (pair.Index + 1)], pair.Item));
    }

    [Fact]
    public async Task AMethod_ThatFailsForSeveralRows_IsNotJoinedAgain()
    {
        var joint = 0;
        var queue = model.Queue(new() { MaxDelay = TimeSpan.Zero, MaxRows = 2 }, rows => rows.Rows == 1 ? 0 : throw new NotSupportedException($"{Interlocked.Increment(ref joint)}"));
        await using var held = await model.HoldAsync(queue);
        var answers = Enumerable.Range(1, 60).Select(i => AskAsync(queue, Token, i)).ToArray();

        held.LetGo();

        Assert.All((await Task.WhenAll(answers)).Index(), pair => Assert.Equal([2d * (pair.Index + 1)], pair.Item));
        Assert.InRange(joint, 1, Environment.ProcessorCount);
    }

    [Fact]
    public async Task ManyCallers_AtOnce_EachGetTheirOwn()
    {
        var queue = Queue(maxRows: 8);

        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (i, cancellation) =>
        {
            using CancellationTokenSource impatient = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (i % 7 == 0)
            {
                impatient.CancelAfter(TimeSpan.FromTicks(i % 50));
            }

            try
            {
                Assert.Equal([2d * i, 2d * (i + 1)], await AskAsync(queue, impatient.Token, i, i + 1));
            }
            catch (OperationCanceledException) when (impatient.IsCancellationRequested)
            {
                // As it wanted.
            }
        });
    }

    public void Dispose() => model.Dispose();

    private async Task<IReadOnlyList<double>> AskAsync(CallQueue queue, CancellationToken cancellation, params double[] values)
    {
        using var input = FeatureBatch.Wrap(values, 1);
        using var output = await model.AskAsync(queue, input, cancellation);
        return [.. output.Batch.Values];
    }
}
