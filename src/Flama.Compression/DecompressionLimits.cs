namespace Flama.Compression;

/// <summary>How much may come out of compressed bytes. Immutable.</summary>
public sealed record DecompressionLimits
{
    /// <summary>The defaults: 4 GiB, and 200 bytes out per byte in once 64 MiB came out.</summary>
    public static DecompressionLimits Default { get; } = new();

    /// <summary>The largest number of decompressed bytes.</summary>
    public long MaxOutputBytes { get; init; } = 4L << 30;

    /// <summary>The largest number of decompressed bytes per compressed byte, checked beyond <see cref="RatioFreeBytes"/>.</summary>
    public double MaxRatio { get; init; } = 200;

    /// <summary>How many decompressed bytes are free of the ratio check.</summary>
    public long RatioFreeBytes { get; init; } = 64L << 20;

    /// <summary>The largest window or dictionary a decoder may allocate, in bytes; more than 1 GiB counts as 1 GiB.</summary>
    public long MaxWindowBytes { get; init; } = 128L << 20;
}
