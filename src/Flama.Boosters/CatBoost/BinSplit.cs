namespace Flama.Boosters.CatBoost;

/// <summary>A question to a row in one number: which bin is meant, and from which value on the answer is yes.</summary>
internal static class BinSplit
{
    /// <summary>The most bins of a row.</summary>
    public const int MaxBins = 1 << 23;

    /// <summary>Packs a question.</summary>
    /// <param name="bin">The bin, below <see cref="MaxBins"/>.</param>
    /// <param name="threshold">The least value that answers yes, 1 to 255.</param>
    public static int Pack(int bin, int threshold) => (bin << 8) | threshold;

    /// <summary>The bin.</summary>
    public static int BinOf(int split) => split >> 8;

    /// <summary>The least value that answers yes.</summary>
    public static byte ThresholdOf(int split) => (byte)split;
}
