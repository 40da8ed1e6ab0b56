using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Flama.AspNetCore.Connections;

/// <summary>Tells of the end of what a client sends only to a reader that has seen all of it.</summary>
/// <remarks>The server's reader of bodies takes bytes that come together with the end for a body that was cut off.</remarks>
internal sealed class UnhurriedReader(PipeReader inner) : PipeReader
{
    private ReadOnlySequence<byte> last;
    private bool hasSeenAll;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new(Tell(reading.Result)) : AwaitAsync(reading);
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
        hasSeenAll = last.Slice(examined).IsEmpty;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> AwaitAsync(ValueTask<ReadResult> reading) => Tell(await reading);

    private ReadResult Tell(in ReadResult result)
    {
        last = result.Buffer;
        return result.IsCompleted && !result.Buffer.IsEmpty && !hasSeenAll ? new(result.Buffer, result.IsCanceled, isCompleted: false) : result;
    }
}
