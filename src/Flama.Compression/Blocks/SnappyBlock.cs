using System.Buffers.Binary;

namespace Flama.Compression.Blocks;

/// <summary>A block of snappy: its length, then literals and copies in any order.</summary>
internal static class SnappyBlock
{
    private const int LongestShort = 60;
    private const int MaxLengthBytes = 5;

    /// <inheritdoc cref="BlockDecoder.DecodeSnappy"/>
    public static void Decode(ReadOnlySpan<byte> block, Span<byte> output)
    {
        var at = 0;
        if (ReadLength(block, ref at) != (ulong)output.Length)
        {
            throw Corrupt("a block does not have the size that is told elsewhere");
        }

        var position = 0;
        while (at < block.Length)
        {
            int tag = block[at++];
            if ((tag & 3) == 0)
            {
                CopyLiteral(block, ref at, tag >> 2, output, ref position);
                continue;
            }

            var (length, offsetBytes) = (tag & 3) switch
            {
                1 => (4 + ((tag >> 2) & 7), 1),
                2 => (1 + (tag >> 2), 2),
                _ => (1 + (tag >> 2), 4),
            };
            if (block.Length - at < offsetBytes)
            {
                throw Corrupt("a block ends within a copy");
            }

            long offset = offsetBytes switch
            {
                1 => ((tag >> 5) << 8) | block[at],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(block[at..]),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(block[at..]),
            };
            at += offsetBytes;
            if (offset == 0 || offset > position || length > output.Length - position)
            {
                throw Corrupt("a copy reaches outside the data");
            }

            CopyMatch(output, position, (int)offset, length);
            position += length;
        }

        if (position != output.Length)
        {
            throw Corrupt("a block is shorter than it says");
        }
    }

    private static void CopyLiteral(ReadOnlySpan<byte> block, ref int at, int code, Span<byte> output, ref int position)
    {
        long length = code + 1;
        if (code >= LongestShort)
        {
            var bytes = code - LongestShort + 1;
            if (block.Length - at < bytes)
            {
                throw Corrupt("a block ends within a length");
            }

            length = 1;
            for (var i = 0; i < bytes; i++)
            {
                length += (long)block[at + i] << (8 * i);
            }

            at += bytes;
        }

        if (length > block.Length - at || length > output.Length - position)
        {
            throw Corrupt("literals are longer than their block");
        }

        block.Slice(at, (int)length).CopyTo(output[position..]);
        at += (int)length;
        position += (int)length;
    }

    // A copy may read what it writes: then it repeats the last bytes.
    private static void CopyMatch(Span<byte> output, int position, int offset, int length)
    {
        if (offset >= length)
        {
            output.Slice(position - offset, length).CopyTo(output[position..]);
            return;
        }

        for (var i = position; i < position + length; i++)
        {
            output[i] = output[i - offset];
        }
    }

    private static ulong ReadLength(ReadOnlySpan<byte> block, ref int at)
    {
        ulong value = 0;
        for (var i = 0; i < MaxLengthBytes; i++)
        {
            if (at == block.Length)
            {
                break;
            }

            var next = block[at++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Corrupt("the length of a block does not end");
    }

    private static CompressionException Corrupt(string what) => new(CompressionFailure.Corrupt, $"The snappy data is damaged: {what}.");
}
