using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Flama.Compression.Streaming;

namespace Flama.Compression.Lz4;

/// <summary>Decodes an lz4 block: literals and matches in turn, the last without a match.</summary>
internal sealed class Lz4Block(CompressedInput errors, HistoryWindow window)
{
    private const int LongLength = 15;
    private const int ShortestMatch = 4;

    /// <summary>Decodes a block into the window.</summary>
    /// <param name="block">Starts with the block; <see cref="HistoryWindow.Slop"/> bytes follow.</param>
    /// <param name="size">Its size.</param>
    /// <param name="most">How many bytes may come out; the window has room for them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decode(byte[] block, int size, int most)
    {
        var buffer = window.Buffer;
        var position = window.Position;
        var limit = position + most;
        var origin = window.Origin;
        var at = 0;
        while (true)
        {
            int token = at < size ? block[at++] : throw errors.Corrupt("a block ends before its last literals");
            var literals = token >> 4;
            if (literals == LongLength)
            {
                literals += ReadMore(block, ref at, size);
            }

            if (literals > size - at || literals > limit - position)
            {
                throw errors.Corrupt("the literals of a block are longer than it may be");
            }

            MatchCopy.CopyLiterals(block, at, buffer, position, literals);
            at += literals;
            position += literals;
            if (at == size)
            {
                break;
            }

            if (size - at < 2)
            {
                throw errors.Corrupt("a block ends within a match");
            }

            int distance = BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(at));
            at += 2;
            var length = token & LongLength;
            if (length == LongLength)
            {
                length += ReadMore(block, ref at, size);
            }

            length += ShortestMatch;
            if (length > limit - position)
            {
                throw errors.Corrupt("a match is longer than its block may be");
            }

            if (distance == 0 || distance > position - origin)
            {
                throw errors.Corrupt($"a match reaches {distance} bytes back, before the start of the data");
            }

            MatchCopy.Copy(buffer, position, distance, length);
            position += length;
        }

        window.Position = position;
    }

    /// <summary>A length goes on for as long as its bytes are 255.</summary>
    private int ReadMore(byte[] block, ref int at, int size)
    {
        var more = 0;
        byte value;
        do
        {
            value = at < size ? block[at++] : throw errors.Corrupt("a block ends within a length");
            more += value;
        }
        while (value == 255);

        return more;
    }
}
