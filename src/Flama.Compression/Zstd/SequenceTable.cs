using System.Runtime.InteropServices;

namespace Flama.Compression.Zstd;

/// <summary>A finite state entropy table of literal lengths, match lengths or offsets, with the values of the codes folded in.</summary>
internal sealed class SequenceTable(SequenceCode code)
{
    /// <summary>Its states; <c>2^Log</c> of them are valid.</summary>
    public Entry[] Entries { get; } = new Entry[FseLayout.MostStates];

    /// <summary>How many bits the first state takes.</summary>
    public int Log { get; private set; }

    /// <summary>Builds it from shares.</summary>
    public SequenceTable Build(ReadOnlySpan<short> counts, int log)
    {
        Span<FseState> states = stackalloc FseState[FseLayout.MostStates];
        FseLayout.Build(counts, log, states);
        Log = log;
        for (var i = 0; i < 1 << log; i++)
        {
            Entries[i] = EntryOf(states[i]);
        }

        return this;
    }

    /// <summary>Makes it always decode to one symbol.</summary>
    public SequenceTable BuildSingle(byte symbol)
    {
        Log = 0;
        Entries[0] = EntryOf(new FseState { Symbol = symbol });
        return this;
    }

    private Entry EntryOf(FseState state) =>
        new(code.Baselines[state.Symbol], state.Next, state.Bits, code.ExtraBits[state.Symbol]);

    /// <summary>A state: the value it decodes to is <paramref name="Baseline"/> plus some bits.</summary>
    /// <param name="Baseline">The least value.</param>
    /// <param name="Next">The base of the next state.</param>
    /// <param name="StateBits">The bits to add to that.</param>
    /// <param name="ExtraBits">The bits to add to the value.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Entry(uint Baseline, ushort Next, byte StateBits, byte ExtraBits);
}
