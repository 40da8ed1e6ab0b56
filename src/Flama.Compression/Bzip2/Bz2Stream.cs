using Flama.Compression.Streaming;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.BZip2;

namespace Flama.Compression.Bzip2;

/// <summary>Decodes bzip2 streams one after the other. As in Python's <c>bz2</c>, what follows the last stream and is none is not looked at.</summary>
internal sealed class Bz2Stream(CompressedInput input) : ForwardReadStream
{
    private const int LevelPosition = 3;
    private const int StartSize = 10;

    // Each stream costs megabytes of tables, whatever is in it; writers make them of 100 000 bytes and more.
    private const int FreeStreams = 100;
    private const int LeastBytesPerStream = 1_000;

    private readonly byte[] buffer = new byte[16 * 1024];
    private BZip2InputStream? decoder;
    private bool sawStream;
    private long streams;
    private long output;

    private static ReadOnlySpan<byte> BlockStart => [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];

    private static ReadOnlySpan<byte> StreamEnd => [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

    public override int Read(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, buffer.Length);
        while (count > 0)
        {
            if (decoder is null)
            {
                if (sawStream && !StartsStream())
                {
                    return 0;
                }

                decoder = Begin();
            }

            var read = Decode(decoder, count);
            if (read > 0)
            {
                output += read;
                buffer.AsSpan(0, read).CopyTo(destination);
                return read;
            }

            decoder = null;
        }

        return 0;
    }

    private static bool Agree(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected) =>
        actual.Length < expected.Length ? expected.StartsWith(actual) : actual.StartsWith(expected);

    /// <summary>Whether what is left is a stream, or the first bytes of one.</summary>
    private bool StartsStream()
    {
        var start = input.Peek(StartSize);
        if (start.IsEmpty || !Agree(start, "BZh"u8) || (start.Length > LevelPosition && start[LevelPosition] is < (byte)'1' or > (byte)'9'))
        {
            return false;
        }

        var block = start[Math.Min(LevelPosition + 1, start.Length)..];
        return Agree(block, BlockStart) || Agree(block, StreamEnd);
    }

    private BZip2InputStream Begin()
    {
        if (!sawStream && !input.AtEnd && !StartsStream())
        {
            throw input.Corrupt("it does not start as bzip2 does");
        }

        sawStream = true;
        if (++streams > FreeStreams + (output / LeastBytesPerStream))
        {
            throw new CompressionException(
                CompressionFailure.LimitExceeded, $"The bz2 data is {streams} streams that hold {output} bytes together.");
        }

        try
        {
            return new BZip2InputStream(new ByteStream(input)) { IsStreamOwner = false };
        }
        catch (SharpZipBaseException exception)
        {
            throw Damaged(exception);
        }
    }

    private int Decode(BZip2InputStream stream, int count)
    {
        try
        {
            return stream.Read(buffer, 0, count);
        }
        catch (SharpZipBaseException exception)
        {
            throw Damaged(exception);
        }
    }

    private CompressionException Damaged(SharpZipBaseException exception) =>
        new(CompressionFailure.Corrupt, $"The bz2 data is damaged near byte {input.Consumed}.", exception);

    /// <summary>What SharpZipLib reads from, a byte at a time.</summary>
    private sealed class ByteStream(CompressedInput input) : ForwardReadStream
    {
        public override int ReadByte() => input.AtEnd ? throw new EndOfStreamException() : input.ReadByte();

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty || input.AtEnd)
            {
                return 0;
            }

            buffer[0] = input.ReadByte();
            return 1;
        }
    }
}
