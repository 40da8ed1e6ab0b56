using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Admission;

/// <summary>How many requests of one model compute at a time, and how many wait for that, in their order. Thread-safe.</summary>
/// <remarks>
/// Who finds a free place takes it without a lock. How long a request would wait is known from how long the last ones took: one that could not be answered in time is
/// refused when it comes, not when its time is over.
/// </remarks>
/// <param name="places">How many compute at a time.</param>
/// <param name="queue">How many wait.</param>
/// <param name="patience">The longest wait; null for any.</param>
internal sealed class ModelGate(int places, int queue, TimeSpan? patience)
{
    // Of the last time that was measured; the rest is what was known before.
    private const double Weight = 1.0 / 16;

    // Of parts of streams, which may be empty lines.
    private const long NotMeasured = 0;

    private readonly Lock waiting = new();
    private readonly LinkedList<TaskCompletionSource> waiters = new();

    // Those who compute and those who wait. Above the number of places it changes under the lock only.
    private int inside;
    private double service;

    /// <summary>How long a request that came now would wait.</summary>
    public TimeSpan Wait
    {
        get
        {
            var ahead = Volatile.Read(ref inside) - places + 1;
            return ahead <= 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, (long)(ahead * Volatile.Read(ref service) / places));
        }
    }

    /// <summary>Refuses a request that would find no place in time, before anything is read.</summary>
    /// <exception cref="FlamaException">There is no place (<see cref="ErrorCodes.Overloaded"/>).</exception>
    public void Check(HttpContext context)
    {
        var seen = Volatile.Read(ref inside);
        if (seen >= places && (seen >= places + queue || Wait > patience))
        {
            throw Refuse(context);
        }
    }

    /// <summary>Waits for a place; dispose it when the computation is over.</summary>
    /// <param name="context">The request.</param>
    /// <param name="waitsAnyTime">Whether it waits however long that takes, as a part of a stream does, whose client is held back by that.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FlamaException">There is no place (<see cref="ErrorCodes.Overloaded"/>).</exception>
    public ValueTask<GatePlace> EnterAsync(HttpContext context, bool waitsAnyTime, CancellationToken cancellationToken)
    {
        if (TryEnter())
        {
            return ValueTask.FromResult(new GatePlace(this, waitsAnyTime ? NotMeasured : Stopwatch.GetTimestamp()));
        }

        LinkedListNode<TaskCompletionSource> node;
        lock (waiting)
        {
            while (true)
            {
                var seen = Volatile.Read(ref inside);
                if (seen < places)
                {
                    if (Interlocked.CompareExchange(ref inside, seen + 1, seen) == seen)
                    {
                        return ValueTask.FromResult(new GatePlace(this, waitsAnyTime ? NotMeasured : Stopwatch.GetTimestamp()));
                    }

                    continue;
                }

                if (!waitsAnyTime && (waiters.Count >= queue || Wait > patience))
                {
                    throw Refuse(context);
                }

                if (Interlocked.CompareExchange(ref inside, seen + 1, seen) == seen)
                {
                    node = waiters.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                    break;
                }
            }
        }

        return WaitAsync(node, waitsAnyTime, cancellationToken);
    }

    /// <summary>Gives a place to the next.</summary>
    /// <param name="since">When it was taken, or 0 for a computation that tells nothing about others.</param>
    public void Leave(long since)
    {
        if (since != NotMeasured)
        {
            var measured = Volatile.Read(ref service);
            Volatile.Write(ref service, measured + (Weight * (Stopwatch.GetTimestamp() - since - measured)));
        }

        while (true)
        {
            var seen = Volatile.Read(ref inside);
            if (seen > places)
            {
                lock (waiting)
                {
                    if (waiters.First is { } next)
                    {
                        waiters.RemoveFirst();
                        Interlocked.Decrement(ref inside);
                        next.Value.SetResult();
                        return;
                    }
                }
            }
            else if (Interlocked.CompareExchange(ref inside, seen - 1, seen) == seen)
            {
                return;
            }
        }
    }

    private bool TryEnter()
    {
        while (true)
        {
            var seen = Volatile.Read(ref inside);
            if (seen >= places)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref inside, seen + 1, seen) == seen)
            {
                return true;
            }
        }
    }

    private async ValueTask<GatePlace> WaitAsync(LinkedListNode<TaskCompletionSource> node, bool waitsAnyTime, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static state => ((Waiter)state!).Cancel(), new Waiter(this, node, cancellationToken)))
        {
            await node.Value.Task;
        }

        return new GatePlace(this, waitsAnyTime ? NotMeasured : Stopwatch.GetTimestamp());
    }

    private FlamaException Refuse(HttpContext context)
    {
        var seconds = (int)Math.Clamp(Math.Ceiling((Wait - (patience ?? TimeSpan.Zero)).TotalSeconds), 1, 3600);
        RetryLater.Set(context, seconds);
        return new(
            ErrorCodes.Overloaded,
            "More requests for this model wait than can be answered in time.",
            string.Create(CultureInfo.InvariantCulture, $"Send it again in {seconds} s or later."));
    }

    private sealed class Waiter(ModelGate gate, LinkedListNode<TaskCompletionSource> node, CancellationToken cancellationToken)
    {
        public void Cancel()
        {
            lock (gate.waiting)
            {
                if (node.List is null)
                {
                    // It has a place by now, which it gives up by itself.
                    return;
                }

                gate.waiters.Remove(node);
                Interlocked.Decrement(ref gate.inside);
            }

            node.Value.SetCanceled(cancellationToken);
        }
    }
}
