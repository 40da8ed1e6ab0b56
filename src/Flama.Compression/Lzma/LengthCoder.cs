using System.Runtime.CompilerServices;

namespace Flama.Compression.Lzma;

/// <summary>Where the probabilities of match lengths lie in their array, and how a length is read from them.</summary>
internal static class LengthCoder
{
    public const int Size = High + HighTree;
    public const int Shortest = 2;
    public const int Longest = Shortest + (2 * ShortTree) + HighTree - 1;

    private const int ShortTree = 8;
    private const int HighTree = 256;
    private const int Low = 2;
    private const int Middle = Low + (LzmaModel.MostPositions * ShortTree);
    private const int High = Middle + (LzmaModel.MostPositions * ShortTree);

    /// <summary>Reads a length of 2 to 273 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Read(ref RangeDecoder coder, ushort[] probabilities, int position)
    {
        if (coder.Bit(ref probabilities[0]) == 0)
        {
            return Shortest + coder.Tree(probabilities.AsSpan(Low + (position * ShortTree), ShortTree));
        }

        return coder.Bit(ref probabilities[1]) == 0
            ? Shortest + ShortTree + coder.Tree(probabilities.AsSpan(Middle + (position * ShortTree), ShortTree))
            : Shortest + (2 * ShortTree) + coder.Tree(probabilities.AsSpan(High, HighTree));
    }
}
