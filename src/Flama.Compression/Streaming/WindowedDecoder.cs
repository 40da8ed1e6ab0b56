namespace Flama.Compression.Streaming;

/// <summary>A decoder that works a piece at a time into a <see cref="HistoryWindow"/>.</summary>
internal abstract class WindowedDecoder(CompressedInput input) : ForwardReadStream
{
    private bool ended;

    protected CompressedInput Input { get; } = input;

    protected HistoryWindow Window { get; } = new();

    public sealed override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (Window.Unread == 0)
        {
            if (ended)
            {
                return 0;
            }

            ended = !DecodeNext();
        }

        return Window.Drain(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ended = true;
            Window.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Decodes the next piece, which may be empty and must use up some input.</summary>
    /// <returns>False when the data has ended.</returns>
    protected abstract bool DecodeNext();
}
