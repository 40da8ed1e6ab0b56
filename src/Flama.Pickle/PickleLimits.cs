using Flama.Compression;

namespace Flama.Pickle;

/// <summary>How much a pickle may ask for. Immutable; the defaults hold models of several hundred megabytes.</summary>
public sealed record PickleLimits
{
    /// <summary>The defaults.</summary>
    public static PickleLimits Default { get; } = new();

    /// <summary>How deep lists, tuples, dicts, sets and objects may nest; 1 000 as in Python, whose own pickler stops near there.</summary>
    public int MaxDepth { get; init; } = 1_000;

    /// <summary>How deep a tuple that serves as a dict key may nest.</summary>
    public int MaxKeyDepth { get; init; } = 32;

    /// <summary>The largest number of values.</summary>
    public long MaxObjects { get; init; } = 50_000_000;

    /// <summary>The largest number of memo entries.</summary>
    public long MaxMemo { get; init; } = 50_000_000;

    /// <summary>
    /// The most memory that the values may take, estimated, in bytes; array data that is a part of the file does not count.
    /// </summary>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>The most estimated memory per byte of the stream, checked beyond <see cref="RatioFreeBytes"/>.</summary>
    public double MaxRatio { get; init; } = 20;

    /// <summary>The most estimated memory per byte of the file, which may be compressed, checked beyond <see cref="RatioFreeBytes"/>.</summary>
    public double MaxFileRatio { get; init; } = 400;

    /// <summary>How many bytes of estimated memory are free of the ratio check.</summary>
    public long RatioFreeBytes { get; init; } = 16L << 20;

    /// <summary>The largest number of digits of an integer: decimal ones in text, or as many as its bytes can give.</summary>
    public int MaxIntegerDigits { get; init; } = 10_000;

    /// <summary>The same limits for a pickle in a container: neither what comes out of it nor its values may be more than the container's size justifies.</summary>
    /// <param name="containerBytes">The size of the container; null for none.</param>
    public PickleLimits Within(long? containerBytes) => containerBytes is not { } length ? this : this with
    {
        MaxBytes = Math.Min(MaxBytes, Math.Max(RatioFreeBytes, (long)Math.Min(MaxFileRatio * length, long.MaxValue / 2.0))),
        Decompression = Decompression with
        {
            MaxOutputBytes = Math.Min(
                Decompression.MaxOutputBytes,
                Math.Max(Decompression.RatioFreeBytes, (long)Math.Min(Decompression.MaxRatio * length, long.MaxValue / 2.0))),
        },
    };

    /// <summary>How much may come out of a compressed file: by default 2 GiB, and 200 bytes out per byte in once 64 MiB came out.</summary>
    public DecompressionLimits Decompression { get; init; } = new() { MaxOutputBytes = 2L << 30, MaxRatio = 200 };
}
