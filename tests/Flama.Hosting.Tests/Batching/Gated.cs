using System.Collections.Concurrent;
using System.Text.Json;
using Flama.Hosting;
using Flama.Hosting.Batching;

namespace Flama.Tests.Batching;

/// <summary>Doubles numbers, refuses those below zero, and computes some only when the test says so.</summary>
internal sealed class Gated : IDisposable
{
    /// <summary>A number that takes until it is cancelled.</summary>
    public const double Endless = 1e9;

    private const double Held = 1e8;

    private readonly ManualResetEventSlim go = new(), allAreGone = new();
    private readonly OneMethod model = new();
    private LoadedModel? loaded;
    private readonly SemaphoreSlim begun = new(0);
    private readonly TaskCompletionSource endlessBegun = new(TaskCreationOptions.RunContinuationsAsynchronously), endlessEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many rows each call had that was not held.</summary>
    public ConcurrentQueue<int> Sizes { get; } = [];

    public Task EndlessHasBegun => endlessBegun.Task.WaitAsync(TestContext.Current.CancellationToken);

    public Task EndlessHasEnded => endlessEnded.Task;

    /// <summary>Whether the model was disposed while it computed the endless number.</summary>
    public bool WasDisposedMeanwhile { get; private set; }

    // By a clock that stands still no call takes any time, and joining always pays.
    public CallQueue Queue(BatchingOptions options, Func<FeatureBatch, double>? extra = null)
    {
        TableMethod method = new(
            ModelMethod.Predict, new TableSpec([new(FeatureKind.Any)]), [OutputSpec.OfRows(PredictionKind.Float)], (FeatureBatch rows, in InvokeOptions options) => Compute(rows, options, extra?.Invoke(rows) ?? 0))
        {
            IsRowwise = true,
        };
        model.Method = method;
        loaded = new LoadedModel(model);
        return new("model", method, options, degree: 1, new SteppedClock());
    }

    /// <summary>Asks as an endpoint does, which holds the model for as long as its request takes.</summary>
    public async Task<ModelOutput> AskAsync(CallQueue queue, ModelInput input, CancellationToken cancellationToken)
    {
        using var lease = loaded!.Acquire();
        return await queue.InvokeAsync(loaded, input, cancellationToken);
    }

    /// <summary>Takes the model out of service, with all callers of the endless number gone, and lets that end.</summary>
    public void EndEndless()
    {
        loaded!.Dispose();
        allAreGone.Set();
    }

    /// <summary>Takes all places of a queue.</summary>
    public async Task<HeldPlaces> HoldAsync(CallQueue queue)
    {
        var calls = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var input = FeatureBatch.Wrap([Held], 1);
                AskAsync(queue, input, TestContext.Current.CancellationToken).GetAwaiter().GetResult().Dispose();
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
        loaded?.Dispose();
        go.Dispose();
        allAreGone.Dispose();
        begun.Dispose();
    }

    /// <summary>What makes an answer depend on the first row.</summary>
    public static double AddsTheFirst(FeatureBatch rows) => rows.Numbers[0];

    private ModelOutput Compute(FeatureBatch rows, in InvokeOptions options, double extra)
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
            allAreGone.Wait(TestContext.Current.CancellationToken);
            WasDisposedMeanwhile = model.IsDisposed;
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

            output.SetValue(row, 0, (2 * rows.Numbers[row]) + extra);
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
    private sealed class OneMethod : Model
    {
        public ModelMethod Method { get; set; } = null!;

        public bool IsDisposed { get; private set; }

        public override ModelMetadata Metadata { get; } = new(JsonDocument.Parse("""{"id":"621c1d8a-144a-4a86-9a9c-9157f80bfa2d","timestamp":"2023-03-10T11:30:00","framework":{"lib":"sklearn","version":"1.4.2"},"model":{"obj":"Gated","info":{},"params":null,"metrics":null},"extra":null}""").RootElement);

        public override IReadOnlyList<LabelSet> Classes => [];

        public override IReadOnlyList<ModelMethod> Methods => [Method];

        public override IReadOnlyList<string> Warnings => [];

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
