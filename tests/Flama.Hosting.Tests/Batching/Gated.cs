using System.Collections.Concurrent;
using Flama.Hosting.Batching;

namespace Flama.Tests.Batching;

/// <summary>Doubles numbers, refuses those below zero, and computes some only when the test says so.</summary>
internal sealed class Gated : IDisposable
{
    /// <summary>A number that takes until it is cancelled.</summary>
    public const double Endless = 1e9;

    private const double Held = 1e8;

    private readonly ManualResetEventSlim go = new();
    private readonly SemaphoreSlim begun = new(0);
    private readonly TaskCompletionSource endlessBegun = new(TaskCreationOptions.RunContinuationsAsynchronously), endlessEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many rows each call had that was not held.</summary>
    public ConcurrentQueue<int> Sizes { get; } = [];

    public Task EndlessHasBegun => endlessBegun.Task.WaitAsync(TestContext.Current.CancellationToken);

    public Task EndlessHasEnded => endlessEnded.Task;

    // By a clock that stands still no call takes any time, and joining always pays.
    public CallQueue Queue(BatchingOptions options)
    {
        TableMethod method = new(
            ModelMethod.Predict, new TableSpec([new(FeatureKind.Any)]), [OutputSpec.OfRows(PredictionKind.Float)], (FeatureBatch rows, in InvokeOptions options) => Compute(rows, options))
        {
            IsRowwise = true,
        };
        return new("model", method, options, degree: 1, new SteppedClock());
    }

    /// <summary>Takes all places of a queue.</summary>
    public async Task<HeldPlaces> HoldAsync(CallQueue queue)
    {
        var calls = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var input = FeatureBatch.Wrap([Held], 1);
                queue.InvokeAsync(input, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult().Dispose();
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        foreach (var unused in calls)
        {
            await begun.WaitAsync(TestContext.Current.CancellationToken);
        }

        return new(go, calls);
    }

    public void Dispose()
    {
        go.Dispose();
        begun.Dispose();
    }

    private ModelOutput Compute(FeatureBatch rows, in InvokeOptions options)
    {
        if (rows.Numbers[0] == Held)
        {
            begun.Release();
            go.Wait(options.CancellationToken);
        }
        else
        {
            Sizes.Enqueue(rows.Rows);
        }

        if (rows.Numbers.Contains(Endless))
        {
            endlessBegun.TrySetResult();
            options.CancellationToken.WaitHandle.WaitOne();
            endlessEnded.TrySetResult();
            options.CancellationToken.ThrowIfCancellationRequested();
        }

        var output = PredictionBatch.RentVector(PredictionKind.Float, rows.Rows);
        for (var row = 0; row < rows.Rows; row++)
        {
            if (rows.Numbers[row] < 0)
            {
                output.Dispose();
                throw new FlamaException([new InputProblem("below_zero", $"Row {row} is below zero.", row)], 1);
            }

            output.SetValue(row, 0, 2 * rows.Numbers[row]);
        }

        return ModelOutput.Of(output);
    }

    /// <summary>Places that are taken until they are let go.</summary>
    internal sealed class HeldPlaces(ManualResetEventSlim go, Task[] calls) : IAsyncDisposable
    {
        public void LetGo() => go.Set();

        public async ValueTask DisposeAsync()
        {
            go.Set();
            await Task.WhenAll(calls);
        }
    }
}
