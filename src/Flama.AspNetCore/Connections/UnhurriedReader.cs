using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Flama.AspNetCore.Connections;

/// <summary>Tells of the end of what a client sends only to a reader that has seen all of it.</summary>
/// <remarks>
/// The server's reader of bodies takes bytes that come together with the end for a body that was cut off. Every request waits here once, so a wait allocates
/// nothing and hands its continuation on: there is one read at a time, as with any pipe.
/// </remarks>
internal sealed class UnhurriedReader : PipeReader, IValueTaskSource<ReadResult>
{
    private readonly PipeReader inner;
    private readonly Action resume;

    // What was read together with the end; nothing before the end is there.
    private ReadOnlySequence<byte> last;
    private bool hasEnd;
    private bool hasSeenAll;

    private ValueTask<ReadResult> pending;
    private Action<object?>? continuation;
    private object? state;
    private short token;

    public UnhurriedReader(PipeReader inner)
    {
        this.inner = inner;
        resume = Resume;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(cancellationToken);
        if (reading.IsCompletedSuccessfully)
        {
            return new(Tell(reading.Result));
        }

        pending = reading;
        return new(this, ++token);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out var read))
        {
            result = default;
            return false;
        }

        result = Tell(read);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed)
    {
        hasSeenAll = false;
        inner.AdvanceTo(consumed);
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        hasSeenAll = hasEnd && last.Slice(examined).IsEmpty;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        Check(token);
        var reading = pending;
        pending = default;
        this.token++;
        return Tell(reading.GetAwaiter().GetResult());
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token)
    {
        Check(token);
        return pending switch
        {
            { IsCompletedSuccessfully: true } => ValueTaskSourceStatus.Succeeded,
            { IsCanceled: true } => ValueTaskSourceStatus.Canceled,
            { IsFaulted: true } => ValueTaskSourceStatus.Faulted,
            _ => ValueTaskSourceStatus.Pending,
        };
    }

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        this.continuation = continuation;
        this.state = state;
        var awaiter = pending.ConfigureAwait(flags.HasFlag(ValueTaskSourceOnCompletedFlags.UseSchedulingContext)).GetAwaiter();
        if (flags.HasFlag(ValueTaskSourceOnCompletedFlags.FlowExecutionContext))
        {
            awaiter.OnCompleted(resume);
        }
        else
        {
            awaiter.UnsafeOnCompleted(resume);
        }
    }

    private void Check(short token)
    {
        if (token != this.token)
        {
            throw new InvalidOperationException("A read of a connection is awaited once.");
        }
    }

    private void Resume()
    {
        var (next, with) = (continuation!, state);
        (continuation, state) = (null, null);
        next(with);
    }

    private ReadResult Tell(in ReadResult result)
    {
        hasEnd = result.IsCompleted;
        if (!hasEnd)
        {
            return result;
        }

        last = result.Buffer;
        return last.IsEmpty || hasSeenAll ? result : new(last, result.IsCanceled, isCompleted: false);
    }
}
