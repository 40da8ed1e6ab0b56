using Flama.Compression;

namespace Flama.Packaging;

/// <summary>How much a file may ask for. Immutable.</summary>
/// <remarks>
/// Sizes that a file announces are checked before memory is taken; sizes that come out of a decompressor are counted as they come.
/// </remarks>
public sealed record PackageLimits
{
    /// <summary>The defaults.</summary>
    public static PackageLimits Default { get; } = new();

    /// <summary>The largest metadata document, in bytes of JSON; 64 MiB by default.</summary>
    public int MaxMetadataBytes { get; init; } = 64 << 20;

    /// <summary>
    /// The largest model, in bytes after unwrapping; 16 GiB by default. Above 1 GiB a model of a package is unwrapped into a temporary file.
    /// </summary>
    public long MaxModelBytes { get; init; } = 16L << 30;

    /// <summary>The largest number of artifacts; 10 000 by default.</summary>
    public int MaxArtifacts { get; init; } = 10_000;

    /// <summary>The largest artifact, in bytes after decompression; 4 GiB by default. Checked while it is read.</summary>
    public long MaxArtifactBytes { get; init; } = 4L << 30;

    /// <summary>How much of a stream that cannot seek is taken into memory; the largest array (just under 2 GiB) by default.</summary>
    public int MaxBufferedBytes { get; init; } = Array.MaxLength;

    /// <summary>How much may come out of each compressed part.</summary>
    public DecompressionLimits Decompression { get; init; } = DecompressionLimits.Default;
}
