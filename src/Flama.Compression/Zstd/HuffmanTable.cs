using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>The Huffman code of literals, as a table over the next eleven bits.</summary>
internal sealed class HuffmanTable(CompressedInput errors)
{
    /// <summary>The longest code, and so the number of bits that <see cref="Entries"/> is indexed by.</summary>
    public const int LongestCode = 11;

    private const int MostSymbols = 256;
    private const int WeightsLog = 6;

    /// <summary>Symbol in the high byte, length of its code in the low one.</summary>
    public ushort[] Entries { get; } = new ushort[1 << LongestCode];

    /// <summary>Reads the description of a code and builds the table.</summary>
    /// <param name="data">Holds the description, with <see cref="BackwardBits.Margin"/> bytes before it.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where the block ends.</param>
    /// <returns>Where it ends.</returns>
    public int Read(byte[] data, int start, int end)
    {
        if (start >= end)
        {
            throw errors.Corrupt("the Huffman code is missing");
        }

        Span<byte> weights = stackalloc byte[MostSymbols];
        int header = data[start++];
        var isPacked = header >= 128;
        var count = header - 127;
        var size = isPacked ? (count + 1) / 2 : header;
        if (size > end - start)
        {
            throw errors.Corrupt("the Huffman code is cut off");
        }

        if (isPacked)
        {
            for (var i = 0; i < count; i++)
            {
                var pair = data[start + (i / 2)];
                weights[i] = (byte)(i % 2 == 0 ? pair >> 4 : pair & 15);
            }
        }
        else
        {
            count = ReadWeights(data, start, size, weights);
        }

        Build(weights, count);
        return start + size;
    }

    /// <summary>Weights that are themselves coded: two states take turns until the bits run out.</summary>
    private int ReadWeights(byte[] data, int start, int size, Span<byte> weights)
    {
        Span<short> counts = stackalloc short[LongestCode + 2];
        var used = FseCounts.Read(errors, data.AsSpan(start, size), counts, WeightsLog, out var log);
        Span<FseState> states = stackalloc FseState[1 << WeightsLog];
        FseLayout.Build(counts, log, states);
        var first = (start + used) * 8;
        var position = BackwardBits.Start(data, start + used, size - used);
        if (position - (2 * log) < first)
        {
            throw errors.Corrupt("the weights of the Huffman code are cut off");
        }

        var word = BackwardBits.Load(data, position);
        var even = states[(int)BackwardBits.Take(ref word, log)];
        var odd = states[(int)BackwardBits.Take(ref word, log)];
        position -= 2 * log;
        for (var count = 0; count < MostSymbols - 2; count++)
        {
            weights[count] = even.Symbol;
            if (position - even.Bits < first)
            {
                weights[count + 1] = odd.Symbol;
                return count + 2;
            }

            word = BackwardBits.Load(data, position);
            position -= even.Bits;
            (even, odd) = (odd, states[even.Next + (int)BackwardBits.Take(ref word, even.Bits)]);
        }

        throw errors.Corrupt("the Huffman code has too many weights");
    }

    /// <summary>Fills the table: a weight is a share of it, the weight of the last symbol is what remains.</summary>
    private void Build(Span<byte> weights, int count)
    {
        Span<int> shares = stackalloc int[LongestCode + 2];
        shares.Clear();
        foreach (var weight in weights[..count])
        {
            if (weight > LongestCode)
            {
                throw errors.Corrupt($"a weight of the Huffman code is {weight}");
            }

            shares[weight] += (1 << weight) >> 1;
        }

        var total = 0;
        foreach (var share in shares)
        {
            total += share;
        }

        var longest = total == 0 ? 0 : int.Log2(total) + 1;
        var remaining = (1 << longest) - total;
        if (longest is 0 or > LongestCode || !int.IsPow2(remaining))
        {
            throw errors.Corrupt("the weights of the Huffman code are not those of a complete code");
        }

        var lastWeight = int.Log2(remaining) + 1;
        weights[count++] = (byte)lastWeight;
        shares[lastWeight] += remaining;
        Fill(weights[..count], shares, longest);
    }

    /// <summary>Lays the symbols out by weight, the longest codes first, and by symbol among equals.</summary>
    private void Fill(ReadOnlySpan<byte> weights, Span<int> shares, int longest)
    {
        var next = 0;
        foreach (ref var share in shares)
        {
            (share, next) = (next, next + share);
        }

        var widening = LongestCode - longest;
        for (var symbol = 0; symbol < weights.Length; symbol++)
        {
            var weight = weights[symbol];
            if (weight != 0)
            {
                var size = 1 << (weight - 1);
                Entries.AsSpan(shares[weight] << widening, size << widening).Fill((ushort)((symbol << 8) | (longest + 1 - weight)));
                shares[weight] += size;
            }
        }
    }
}
