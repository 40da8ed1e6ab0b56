using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>The distribution of symbols that a finite state entropy table is built from, read from its description.</summary>
internal ref struct FseCounts
{
    private readonly CompressedInput errors;
    private readonly ReadOnlySpan<byte> data;
    private int bit;

    private FseCounts(CompressedInput errors, ReadOnlySpan<byte> data)
    {
        this.errors = errors;
        this.data = data;
    }

    /// <summary>Reads a description.</summary>
    /// <param name="errors">Words the errors.</param>
    /// <param name="data">Starts with the description.</param>
    /// <param name="counts">Gets the share of each symbol, -1 for less than one; its length bounds the symbols.</param>
    /// <param name="largestLog">The largest allowed accuracy.</param>
    /// <param name="log">The accuracy: shares are of <c>2^log</c>.</param>
    /// <returns>The size of the description in bytes.</returns>
    public static int Read(CompressedInput errors, ReadOnlySpan<byte> data, Span<short> counts, int largestLog, out int log)
    {
        var reader = new FseCounts(errors, data);
        log = reader.Take(4) + 5;
        if (log > largestLog)
        {
            throw errors.Corrupt($"an entropy table of accuracy {log} is too large");
        }

        reader.ReadCounts(counts, log);
        var size = (reader.bit + 7) / 8;
        return size <= data.Length ? size : throw errors.Corrupt("an entropy table is cut off");
    }

    private void ReadCounts(Span<short> counts, int log)
    {
        counts.Clear();
        var remaining = (1 << log) + 1;
        var threshold = 1 << log;
        var width = log + 1;
        var symbol = 0;
        while (remaining > 1)
        {
            if (symbol >= counts.Length)
            {
                throw errors.Corrupt("an entropy table has too many symbols");
            }

            // Values that cannot occur any more leave room for the lowest ones to be a bit shorter.
            var spare = (2 * threshold) - 1 - remaining;
            var value = Peek(width);
            var count = value & (threshold - 1);
            if (count < spare)
            {
                bit += width - 1;
            }
            else
            {
                count = value >= threshold ? value - spare : value;
                bit += width;
            }

            count--;
            remaining -= Math.Abs(count);
            if (remaining < 1)
            {
                throw errors.Corrupt("the shares of an entropy table exceed the whole");
            }

            counts[symbol++] = (short)count;
            if (count == 0)
            {
                symbol += TakeZeroRun(counts.Length);
            }

            while (remaining < threshold)
            {
                width--;
                threshold >>= 1;
            }
        }
    }

    private int TakeZeroRun(int most)
    {
        var run = 0;
        int step;
        do
        {
            step = Take(2);
            run += step;
        }
        while (step == 3 && run <= most);

        return run;
    }

    private int Take(int count)
    {
        var value = Peek(count);
        bit += count;
        return value;
    }

    /// <summary>The next bits, zeros beyond the end.</summary>
    private readonly int Peek(int count)
    {
        var value = 0;
        for (var i = 0; i < 3; i++)
        {
            var index = (bit >> 3) + i;
            value |= (index < data.Length ? data[index] : 0) << (8 * i);
        }

        return (value >> (bit & 7)) & ((1 << count) - 1);
    }
}
