using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>Whole numbers as differences in blocks (DELTA_BINARY_PACKED of Parquet).</summary>
internal static class DeltaIntegers
{
    private const int MaxMiniblock = 1 << 16;
    private const int LongBits = 64;

    /// <summary>Reads the numbers.</summary>
    /// <param name="bytes">Begins with their header.</param>
    /// <param name="most">How many there are at most.</param>
    /// <param name="errors">Tells what is wrong.</param>
    /// <param name="length">The bytes that they take.</param>
    /// <exception cref="FlamaException">They end too early, or contradict themselves.</exception>
    public static long[] Read(ReadOnlySpan<byte> bytes, int most, TableErrors errors, out int length)
    {
        PageBytes reader = new(bytes, errors);
        var blockSize = reader.ReadVarint();
        var miniblocks = reader.ReadVarint();
        var count = reader.ReadVarint();
        var value = reader.ReadZigzag();
        if (miniblocks == 0 || blockSize % miniblocks != 0 || blockSize / miniblocks is 0 or > MaxMiniblock || count > (ulong)most)
        {
            throw errors.Corrupt("the header of differences in a page contradicts itself");
        }

        var size = (int)(blockSize / miniblocks);
        var values = new long[count];
        var filled = 0;
        while (filled < values.Length)
        {
            if (filled == 0)
            {
                values[filled++] = value;
                continue;
            }

            var least = reader.ReadZigzag();
            foreach (var width in reader.Take((long)Math.Min(miniblocks, int.MaxValue)))
            {
                if (filled == values.Length)
                {
                    break;
                }

                var packed = reader.Take(width <= LongBits ? ((long)width * size + 7) / 8 : -1);
                for (var i = 0; i < size && filled < values.Length; i++)
                {
                    value = unchecked(value + least + (long)Unpack(packed, (long)i * width, width));
                    values[filled++] = value;
                }
            }
        }

        length = reader.Position;
        return values;
    }

    private static ulong Unpack(ReadOnlySpan<byte> packed, long firstBit, int width)
    {
        ulong value = 0;
        for (var done = 0; done < width;)
        {
            var bit = firstBit + done;
            var inByte = (int)(bit & 7);
            var bits = Math.Min(8 - inByte, width - done);
            value |= ((ulong)(packed[(int)(bit >> 3)] >> inByte) & ((1UL << bits) - 1)) << done;
            done += bits;
        }

        return value;
    }
}
