namespace Flama.Compression;

/// <summary>Counts what goes in and comes out of a decoder, stops it at a limit, and gives its errors one type.</summary>
internal sealed class BoundedReadStream : Stream
{
    private readonly string codec;
    private readonly CountingStream input;
    private readonly Stream decoder;
    private readonly DecompressionLimits limits;
    private long output;

    public BoundedReadStream(string codec, Stream compressed, DecompressionLimits limits, Func<Stream, Stream> open)
    {
        this.codec = codec;
        this.limits = limits;
        input = new CountingStream(compressed);
        decoder = Translate(() => open(input));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => output;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = decoder.Read(buffer);
        }
        catch (Exception exception) when (IsDecoderError(exception))
        {
            throw Wrap(exception);
        }

        output += read;
        Check();
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsDecoderError(Exception exception) =>
        exception is not CompressionException and (InvalidDataException or EndOfStreamException or IOException
            or IndexOutOfRangeException or ArgumentException or OverflowException);

    private void Check()
    {
        if (output > limits.MaxOutputBytes)
        {
            throw new CompressionException(
                CompressionFailure.LimitExceeded, $"The {codec} data decompresses to more than {limits.MaxOutputBytes} bytes.");
        }

        if (output > limits.RatioFreeBytes && output > limits.MaxRatio * Math.Max(input.Count, 1))
        {
            throw new CompressionException(
                CompressionFailure.LimitExceeded,
                $"The {codec} data decompresses to more than {limits.MaxRatio:0} times its size ({output} bytes out of {input.Count}).");
        }
    }

    private Stream Translate(Func<Stream> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (IsDecoderError(exception))
        {
            throw Wrap(exception);
        }
    }

    private CompressionException Wrap(Exception exception) => exception is EndOfStreamException
        ? new(CompressionFailure.Truncated, $"The {codec} data ends too early, after {input.Count} bytes.", exception)
        : new(CompressionFailure.Corrupt, $"The {codec} data is damaged near byte {input.Count}.", exception);

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Count;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Count += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
