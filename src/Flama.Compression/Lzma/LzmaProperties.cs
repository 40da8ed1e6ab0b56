namespace Flama.Compression.Lzma;

/// <summary>The three numbers that shape LZMA's probability model.</summary>
/// <param name="LiteralContextBits">lc: how many high bits of the byte before select a literal coder.</param>
/// <param name="LiteralPositionBits">lp: how many low bits of the position select a literal coder.</param>
/// <param name="PositionBits">pb: how many low bits of the position select the coders of everything else.</param>
internal readonly record struct LzmaProperties(int LiteralContextBits, int LiteralPositionBits, int PositionBits)
{
    /// <summary>Largest sum of the literal bits, as in liblzma: it bounds the model to 12 288 literal probabilities.</summary>
    private const int MostLiteralBits = 4;

    /// <summary>Reads the byte <c>(pb * 5 + lp) * 9 + lc</c>; false when it is none or asks for too large a model.</summary>
    public static bool TryParse(byte value, out LzmaProperties properties)
    {
        var literalContextBits = value % 9;
        var rest = value / 9;
        properties = new LzmaProperties(literalContextBits, rest % 5, rest / 5);
        return rest / 5 < 5 && literalContextBits + (rest % 5) <= MostLiteralBits;
    }
}
