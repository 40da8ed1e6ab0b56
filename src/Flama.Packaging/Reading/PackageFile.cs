using Flama.Compression;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Reading;

/// <summary>A file being read: its bytes, its name for messages, and how much it may ask for.</summary>
internal sealed class PackageFile(string name, ByteSource source, PackageLimits limits) : IDisposable
{
    /// <summary>The largest text that base64 can make of the largest model, line ends and their JSON escapes included.</summary>
    public long MaxModelTextBytes => limits.MaxModelBytes > long.MaxValue / 4 ? long.MaxValue / 2 : (limits.MaxModelBytes * 3 / 2) + 1024;

    public string Name => name;

    /// <summary>When the file was last written; null for bytes and streams.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    public ByteSource Source => source;

    public PackageLimits Limits => limits;

    public void Dispose() => source.Dispose();

    /// <summary>Opens a section, decompressed and bounded, its errors translated.</summary>
    public Stream Open(Section section, long maxBytes)
    {
        var raw = source.OpenRead(section.Offset, section.Length);
        return section.Codec == SectionCodec.None
            ? new PartStream(this, section.Part, raw, maxBytes)
            : Decompress(SectionCodec.Resolve(this, section), raw, section.Part, maxBytes);
    }

    /// <summary>Opens a decompressing stream, bounded, its errors translated.</summary>
    public PartStream Decompress(Codec codec, Stream compressed, string part, long maxBytes)
    {
        var bounds = limits.Decompression;

        // What is compressed twice is bounded by the bytes of the file, not by those that came out of the first layer.
        var most = (long)Math.Min(bounds.MaxOutputBytes, Math.Max(bounds.RatioFreeBytes, bounds.MaxRatio * source.Length));
        bounds = bounds with { MaxOutputBytes = Math.Min(most, maxBytes + 1) };
        try
        {
            return new PartStream(this, part, codec.OpenRead(compressed, bounds), maxBytes);
        }
        catch (CompressionException exception)
        {
            throw Unreadable(part, exception);
        }
    }

    public FlamaException Truncated(string detail) => new(
        ErrorCodes.Truncated, $"'{name}' ends too early: {detail}.", "Copy or download the file again.");

    public FlamaException Corrupt(string detail, Exception? cause = null) => new(
        ErrorCodes.Corrupt, $"'{name}' is damaged: {detail}.", "Copy the file again, or package the model again.", cause);

    public FlamaException TooLarge(string what, long limit, string limitName) => new(
        ErrorCodes.LimitExceeded,
        $"'{name}': {what} is over the limit of {limit}.",
        $"Raise {nameof(PackageLimits)}.{limitName} if you trust the file.");

    public FlamaException Unsafe(string artifactName, string problem) => new(
        ErrorCodes.UnsafeArtifactName,
        $"'{name}' holds an artifact '{ArtifactName.Display(artifactName)}' whose name {problem}.",
        "Rename the artifact and package the model again. Do not trust a file that someone else made this way.");

    /// <summary>The failure of a compressed part.</summary>
    public FlamaException Unreadable(string part, CompressionException exception) => new(
        exception.Failure switch
        {
            CompressionFailure.Truncated => ErrorCodes.Truncated,
            CompressionFailure.LimitExceeded => ErrorCodes.LimitExceeded,
            CompressionFailure.Unsupported => ErrorCodes.UnsupportedFormat,
            _ => ErrorCodes.Corrupt,
        },
        $"The {part} of '{name}' cannot be read. {exception.Message}",
        exception.Failure == CompressionFailure.LimitExceeded
            ? $"Raise {nameof(PackageLimits)}.{nameof(PackageLimits.Decompression)} if you trust the file."
            : "Copy the file again, or package the model again.",
        exception);
}
