namespace Flama.Compression.Zstd;

/// <summary>One state of a finite state entropy table.</summary>
internal struct FseState
{
    /// <summary>What the state decodes to.</summary>
    public byte Symbol;

    /// <summary>How many bits to read for the next state.</summary>
    public byte Bits;

    /// <summary>What to add them to.</summary>
    public ushort Next;
}
