using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Flama.Compression.Zstd;

/// <summary>
/// Reads a bit stream from its last bit to its first, as zstd writes them. A position is an absolute bit index into the array:
/// the bits below it, down to the start, are unread.
/// </summary>
/// <remarks>The array must have <see cref="Margin"/> bytes before the stream: reading a whole word may take some of them in.</remarks>
internal static class BackwardBits
{
    public const int Margin = 16;

    /// <summary>How many bits of a loaded word are sure to be of the stream.</summary>
    public const int SureBits = 57;

    /// <summary>Where reading starts: below the highest set bit of the last byte. Minus one when there is none.</summary>
    public static int Start(byte[] data, int start, int length)
    {
        var last = length > 0 ? data[start + length - 1] : 0;
        return last == 0 ? -1 : ((start + length - 1) * 8) + int.Log2(last);
    }

    /// <summary>The bits below a position, the next one highest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte[] data, int position)
    {
        var end = (position + 7) >> 3;
        return BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(end - 8)) << ((end << 3) - position);
    }

    /// <summary>Takes the highest bits off a word, none included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Take(ref ulong word, int count)
    {
        var value = (uint)((word >> 1) >> (63 - count));
        word <<= count;
        return value;
    }
}
