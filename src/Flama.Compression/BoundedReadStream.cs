using System.Runtime.ExceptionServices;
using Flama.Compression.Streaming;

namespace Flama.Compression;

/// <summary>Counts what goes in and comes out of a decoder, stops it at a limit, and gives its errors one type.</summary>
internal sealed class BoundedReadStream : ForwardReadStream
{
    private readonly string codec;
    private readonly CountingStream input;
    private readonly Stream decoder;
    private readonly DecompressionLimits limits;
    private long output;
    private CompressionException? failure;
    private bool disposed;

    public BoundedReadStream(string codec, Stream compressed, DecompressionLimits limits, Func<Stream, Stream> open)
    {
        this.codec = codec;
        this.limits = limits;
        input = new CountingStream(compressed);
        decoder = open(input);
    }

    public override long Position
    {
        get => output;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (failure is not null)
        {
            throw failure;
        }

        var read = Decode(buffer);
        output += read;
        failure = CheckLimits();
        return failure is null ? read : throw failure;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            decoder.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsDecoderError(Exception exception) =>
        exception is IOException or InvalidDataException or IndexOutOfRangeException or ArgumentException or OverflowException;

    private int Decode(Span<byte> buffer)
    {
        try
        {
            return decoder.Read(buffer);
        }
        catch (Exception) when (input.Failure is not null)
        {
            // Not the data is at fault but the stream under it, even where a decoder has renamed the error.
            input.Failure.Throw();
            throw;
        }
        catch (CompressionException exception)
        {
            failure = exception;
            throw;
        }
        catch (Exception exception) when (IsDecoderError(exception))
        {
            failure = Translate(exception);
            throw failure;
        }
    }

    private CompressionException? CheckLimits()
    {
        if (output > limits.MaxOutputBytes)
        {
            return new CompressionException(
                CompressionFailure.LimitExceeded, $"The {codec} data decompresses to more than {limits.MaxOutputBytes} bytes.");
        }

        return output > limits.RatioFreeBytes && output > limits.MaxRatio * Math.Max(input.Count, 1)
            ? new CompressionException(
                CompressionFailure.LimitExceeded,
                $"The {codec} data decompresses to more than {limits.MaxRatio:0} times its size ({output} bytes out of {input.Count}).")
            : null;
    }

    private CompressionException Translate(Exception exception) => exception is EndOfStreamException
        ? new(CompressionFailure.Truncated, $"The {codec} data ends too early, after {input.Count} bytes.", exception)
        : new(CompressionFailure.Corrupt, $"The {codec} data is damaged near byte {input.Count}.", exception);

    private sealed class CountingStream(Stream inner) : ForwardReadStream
    {
        public long Count { get; private set; }

        /// <summary>What the compressed stream itself threw.</summary>
        public ExceptionDispatchInfo? Failure { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            try
            {
                var read = inner.Read(buffer);
                Count += read;
                return read;
            }
            catch (Exception exception)
            {
                Failure = ExceptionDispatchInfo.Capture(exception);
                throw;
            }
        }
    }
}
