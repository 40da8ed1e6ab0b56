using System.Numerics;

namespace Flama.Compression.Zstd;

/// <summary>Lays the states of a finite state entropy table out from the shares of its symbols.</summary>
internal static class FseLayout
{
    /// <summary>The largest number of states of any table in the format.</summary>
    public const int MostStates = 512;

    private const int MostSymbols = 256;

    /// <summary>Says of each state its symbol, how many bits lead on from it, and the state that those bits are added to.</summary>
    /// <param name="counts">The shares, of which the sum is <c>2^log</c> with -1 as one.</param>
    /// <param name="log">The accuracy; at most 9.</param>
    /// <param name="states">Gets <c>2^log</c> states.</param>
    public static void Build(ReadOnlySpan<short> counts, int log, Span<FseState> states)
    {
        Span<ushort> next = stackalloc ushort[MostSymbols];
        var size = 1 << log;
        var last = size - 1;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            next[symbol] = (ushort)Math.Abs(counts[symbol]);
            if (counts[symbol] == -1)
            {
                states[last--].Symbol = (byte)symbol;
            }
        }

        var step = (size >> 1) + (size >> 3) + 3;
        var position = 0;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            for (var i = 0; i < counts[symbol]; i++)
            {
                states[position].Symbol = (byte)symbol;
                do
                {
                    position = (position + step) & (size - 1);
                }
                while (position > last);
            }
        }

        for (var i = 0; i < size; i++)
        {
            ref var state = ref states[i];
            uint rank = next[state.Symbol]++;
            state.Bits = (byte)(log - BitOperations.Log2(rank));
            state.Next = (ushort)((rank << state.Bits) - (uint)size);
        }
    }
}
