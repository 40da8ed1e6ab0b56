using System.Runtime.CompilerServices;

namespace Flama.Compression.Lzma;

/// <summary>LZMA's binary arithmetic decoder, as a local of the decoding loop so that its fields live in registers.</summary>
/// <remarks>The input must hold <see cref="LzmaDecoder.LongestSymbol"/> bytes beyond the last position a symbol starts at.</remarks>
internal ref struct RangeDecoder(ReadOnlySpan<byte> input, uint range, uint code)
{
    public const uint Top = 1u << 24;
    public const ushort InitialProbability = 1 << (ModelBits - 1);

    private const int ModelBits = 11;
    private const int MoveBits = 5;

    private readonly ReadOnlySpan<byte> input = input;

    public uint Range = range;
    public uint Code = code;
    public int Position = 0;

    /// <summary>Keeps the range large enough for one more bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Normalize()
    {
        if (Range < Top)
        {
            Range <<= 8;
            Code = (Code << 8) | input[Position++];
        }
    }

    /// <summary>One bit under an adaptive probability.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Bit(ref ushort probability)
    {
        Normalize();
        uint chance = probability;
        var bound = (Range >> ModelBits) * chance;
        if (Code < bound)
        {
            Range = bound;
            probability = (ushort)(chance + (((1u << ModelBits) - chance) >> MoveBits));
            return 0;
        }

        Range -= bound;
        Code -= bound;
        probability = (ushort)(chance - (chance >> MoveBits));
        return 1;
    }

    /// <summary>The same bit without a branch, for bits that hardly anything predicts: a wrong guess costs more than the arithmetic.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint UnpredictableBit(ref ushort probability)
    {
        Normalize();
        int chance = probability;
        var bound = (Range >> ModelBits) * (uint)chance;
        var isZero = (uint)(((long)Code - bound) >> 63);
        Range = bound + (~isZero & (Range - bound - bound));
        Code -= bound & ~isZero;

        // Zero: chance + (2^11 - chance) / 32, one: chance - chance / 32, both rounded down; 31 corrects for the sign of a shift.
        probability = (ushort)(chance - ((chance + ((int)isZero & ((1 << MoveBits) - 1 - (1 << ModelBits)))) >> MoveBits));
        return isZero + 1;
    }

    /// <summary>Bits of even chance, the highest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint DirectBits(int count)
    {
        var value = 0u;
        for (; count > 0; count--)
        {
            Normalize();
            Range >>= 1;
            Code -= Range;
            var borrowed = 0u - (Code >> 31);
            Code += Range & borrowed;
            value = (value << 1) + borrowed + 1;
        }

        return value;
    }

    /// <summary>A number of <c>log2(tree.Length)</c> bits, the highest first, through a tree of probabilities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Tree(Span<ushort> tree)
    {
        var size = (uint)tree.Length;
        var symbol = 1u;
        do
        {
            symbol = (symbol << 1) | Bit(ref tree[(int)symbol]);
        }
        while (symbol < size);

        return symbol - size;
    }

    /// <summary>A number of some bits, the lowest first, through a tree of probabilities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReverseTree(Span<ushort> tree, int bits)
    {
        var symbol = 1u;
        var value = 0u;
        for (var i = 0; i < bits; i++)
        {
            var bit = Bit(ref tree[(int)symbol]);
            symbol = (symbol << 1) | bit;
            value |= bit << i;
        }

        return value;
    }
}
