namespace Flama.Compression.Lzma;

/// <summary>The adaptive probabilities of an LZMA decoder.</summary>
internal sealed class LzmaModel
{
    public const int States = 12;
    public const int MostPositions = 16;
    public const int LengthStates = 4;
    public const int SlotTree = 64;
    public const int FirstModelledSlot = 4;
    public const int FirstDirectSlot = 14;
    public const int AlignBits = 4;
    public const int LiteralCoder = 0x300;

    private const int SpecialDistances = 128;

    public ushort[] IsMatch { get; } = new ushort[States * MostPositions];

    public ushort[] IsRepeat { get; } = new ushort[States];

    public ushort[] IsRepeat0 { get; } = new ushort[States];

    public ushort[] IsRepeat0Long { get; } = new ushort[States * MostPositions];

    public ushort[] IsRepeat1 { get; } = new ushort[States];

    public ushort[] IsRepeat2 { get; } = new ushort[States];

    public ushort[] DistanceSlots { get; } = new ushort[LengthStates * SlotTree];

    /// <summary>Reverse trees of the slots that are modelled to the last bit, one behind the other, each found by its base distance.</summary>
    public ushort[] Distances { get; } = new ushort[SpecialDistances];

    public ushort[] Align { get; } = new ushort[1 << AlignBits];

    public ushort[] MatchLengths { get; } = new ushort[LengthCoder.Size];

    public ushort[] RepeatLengths { get; } = new ushort[LengthCoder.Size];

    public ushort[] Literals { get; private set; } = [];

    /// <summary>Sets every probability to even chances.</summary>
    public void Reset(LzmaProperties properties)
    {
        var literals = LiteralCoder << (properties.LiteralContextBits + properties.LiteralPositionBits);
        if (Literals.Length != literals)
        {
            Literals = new ushort[literals];
        }

        ReadOnlySpan<ushort[]> all =
        [
            IsMatch, IsRepeat, IsRepeat0, IsRepeat0Long, IsRepeat1, IsRepeat2, DistanceSlots, Distances, Align, MatchLengths, RepeatLengths, Literals,
        ];
        foreach (var probabilities in all)
        {
            probabilities.AsSpan().Fill(RangeDecoder.InitialProbability);
        }
    }
}
