using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>Whole numbers of a few bits, in runs of one number or packed eight at a time (RLE and bit-packing of Parquet). Not thread-safe.</summary>
/// <param name="bytes">The runs.</param>
/// <param name="width">The bits of a number, 0 to 32.</param>
/// <param name="errors">Tells what is wrong.</param>
internal sealed class RunReader(ReadOnlyMemory<byte> bytes, int width, TableErrors errors)
{
    private readonly int valueBytes = (width + 7) / 8;
    private int position;
    private long left;
    private bool isPacked;
    private long firstBit;
    private uint repeated;

    /// <summary>Reads the next numbers.</summary>
    /// <exception cref="FlamaException">There are fewer.</exception>
    public void Read(Span<int> values)
    {
        while (!values.IsEmpty)
        {
            if (left == 0)
            {
                NextRun();
                continue;
            }

            var count = (int)Math.Min(left, values.Length);
            if (isPacked)
            {
                Unpack(values[..count]);
            }
            else
            {
                values[..count].Fill((int)repeated);
            }

            left -= count;
            values = values[count..];
        }
    }

    private void NextRun()
    {
        PageBytes reader = new(bytes.Span[position..], errors);
        var head = reader.ReadVarint();
        if (head >> 1 > int.MaxValue)
        {
            throw errors.Corrupt("a run in a page is longer than a page can be");
        }

        isPacked = (head & 1) != 0;
        left = (long)(head >> 1) * (isPacked ? 8 : 1);
        if (!isPacked)
        {
            repeated = 0;
            var shift = 0;
            foreach (var part in reader.Take(valueBytes))
            {
                repeated |= (uint)part << shift;
                shift += 8;
            }

            position += reader.Position;
            return;
        }

        // The last run may end before its last group is full.
        position += reader.Position;
        firstBit = position * 8L;
        var length = (int)Math.Min(left / 8 * width, bytes.Length - position);
        left = width == 0 ? left : length * 8L / width;
        position += length;
    }

    private void Unpack(Span<int> values)
    {
        var all = bytes.Span;
        var mask = (1UL << width) - 1;
        foreach (ref var value in values)
        {
            var at = (int)(firstBit >> 3);
            ulong word = 0;
            for (var i = Math.Min(5, all.Length - at) - 1; i >= 0; i--)
            {
                word = (word << 8) | all[at + i];
            }

            value = (int)((word >> (int)(firstBit & 7)) & mask);
            firstBit += width;
        }
    }
}
