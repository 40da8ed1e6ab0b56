using Flama.Joining;

namespace Flama.Hosting.Batching;

/// <summary>Calls of one method that come at the same time, computed together where that pays. Thread-safe.</summary>
/// <remarks>
/// A call that finds a free place computes on its own thread at once. Those that find none wait; whoever has computed takes as many of them as fit together, in their order, and gives each its part of
/// the answer. Where a joint call fails, each is computed alone and fails or succeeds for itself. The first joint calls are compared with calls of each alone; where they differ, the method joins nothing.
/// </remarks>
/// <param name="model">The name of the model, for metrics.</param>
/// <param name="method">The method.</param>
/// <param name="options">How much is joined.</param>
/// <param name="degree">On how many threads a call is computed.</param>
/// <param name="time">The clock.</param>
internal sealed partial class CallQueue(string model, ModelMethod method, BatchingOptions options, int degree, TimeProvider time)
{
    // Behind the first call so many others are looked at for such as fit.
    private const int Looks = 256;

    private readonly int places = Math.Max(1, Environment.ProcessorCount / degree);
    private readonly Lock locking = new();
    private readonly LinkedList<WaitingCall> waiting = new();
    private readonly JoinWorth worth = new(time);
    private readonly Arrivals arrivals = new(time);
    private TaskCompletionSource? full;
    private int running, waitingRows, compared;
    private bool isApart;

    /// <summary>Computes an answer.</summary>
    /// <param name="loaded">The model of the method, which the caller holds until this has completed.</param>
    /// <param name="input">What it is computed with; stays the caller's, who must not dispose it before this has completed.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="FlamaException">Too many wait (<see cref="ErrorCodes.Overloaded"/>), or the computation failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValueTask<ModelOutput> InvokeAsync(LoadedModel loaded, ModelInput input, CancellationToken cancellationToken)
    {
        bool pays, isFree;
        lock (locking)
        {
            arrivals.Note();
            pays = worth.Decide() && !isApart;
            isFree = pays && running < places && waiting.Count == 0 && Window == TimeSpan.Zero;
            running += isFree ? 1 : 0;
        }

        if (pays && !isFree)
        {
            return WaitAsync(new(loaded, input, JoinedInputs.FormOf(input), cancellationToken), cancellationToken);
        }

        try
        {
            return ValueTask.FromResult(Compute(input, cancellationToken));
        }
        finally
        {
            if (isFree)
            {
                Leave();
            }
        }
    }

    // Others are waited for no longer than a call takes, and only where some are expected within that time.
    private TimeSpan Window
    {
        get
        {
            var window = worth.Alone < options.MaxDelay ? worth.Alone : options.MaxDelay;
            return window >= TimeSpan.FromMilliseconds(1) && arrivals.Interval < window ? window : TimeSpan.Zero;
        }
    }

    private async ValueTask<ModelOutput> WaitAsync(WaitingCall call, CancellationToken cancellationToken)
    {
        lock (locking)
        {
            Add(call);
        }

        await using (cancellationToken.UnsafeRegister(static state => ((Caller)state!).GiveUp(), new Caller(this, call)))
        {
            return await call.Answer;
        }
    }

    private void Add(WaitingCall call)
    {
        if (waiting.Count >= options.MaxQueue)
        {
            throw new FlamaException(ErrorCodes.Overloaded, "More requests for this model wait than its queue holds.", "Send it again later.");
        }

        call.Place = waiting.AddLast(call);
        waitingRows += call.Rows;
        if (full is not null)
        {
            if (waitingRows >= options.MaxRows)
            {
                full.TrySetResult();
            }
        }
        else if (running < places)
        {
            running++;
            _ = Window is var window && window > TimeSpan.Zero && waitingRows < options.MaxRows
                ? ComputeLaterAsync(full = new(TaskCreationOptions.RunContinuationsAsynchronously), window)
                : Task.Run(ComputeAll, CancellationToken.None);
        }
    }

    private async Task ComputeLaterAsync(TaskCompletionSource filled, TimeSpan window)
    {
        await Task.WhenAny(filled.Task, Task.Delay(window, time, CancellationToken.None));
        await Task.Run(ComputeAll, CancellationToken.None);
    }

    // Gives the place to those who wait, or back.
    private void Leave()
    {
        lock (locking)
        {
            if (waiting.Count == 0)
            {
                running--;
                return;
            }
        }

        _ = Task.Run(ComputeAll, CancellationToken.None);
    }

    private void ComputeAll()
    {
        while (Take() is { } calls)
        {
            // A joint call may outlive the callers whose model it is.
            using ModelLease use = new(calls[0].Loaded);
            if (calls is [var only])
            {
                ComputeAlone(only, only.Input);
            }
            else
            {
                ComputeTogether(calls);
            }
        }
    }

    // The first that waits, and those behind it that fit; null, and the place given back, where none waits.
    private List<WaitingCall>? Take()
    {
        lock (locking)
        {
            if (waiting.First is not { } first)
            {
                running--;
                return null;
            }

            // Its caller waits and holds the model, so that this succeeds.
            full = null;
            ObjectDisposedException.ThrowIf(!first.Value.Loaded.TryRetain(), first.Value.Loaded);
            List<WaitingCall> calls = [];
            var (rows, looks) = (0, isApart ? 1 : Looks);
            for (var (node, next) = (first, first.Next); node is not null && rows < options.MaxRows && looks-- > 0; (node, next) = (next!, next?.Next))
            {
                var call = node.Value;
                if (calls.Count == 0 || (rows + call.Rows <= options.MaxRows && call.Fits(first.Value)))
                {
                    waiting.Remove(node);
                    (call.Place, call.IsReading) = (null, true);
                    waitingRows -= call.Rows;
                    rows += call.Rows;
                    calls.Add(call);
                }
            }

            return calls;
        }
    }

    // Under the lock.
    private void Cancel(WaitingCall call)
    {
        if (call.Place is { } place)
        {
            waiting.Remove(place);
            call.Place = null;
            waitingRows -= call.Rows;
        }
        else if (call.IsReading)
        {
            // It ends by itself: as soon as its rows are copied, or when the model looks at the token.
            return;
        }

        call.Joint?.Leave();
        call.Joint = null;
        call.GiveUp();
    }

    private sealed class Caller(CallQueue queue, WaitingCall call)
    {
        public void GiveUp()
        {
            lock (queue.locking)
            {
                queue.Cancel(call);
            }
        }
    }
}
