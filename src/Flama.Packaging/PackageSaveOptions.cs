namespace Flama.Packaging;

/// <summary>How a package is written. Immutable.</summary>
public sealed record PackageSaveOptions
{
    /// <summary>The value of <see cref="Compression"/> that takes the generation's own: zlib for the protocols, gzip for tar.</summary>
    public const string DefaultCompression = "default";

    /// <summary>The value of a section's codec that takes the one of <see cref="Compression"/>.</summary>
    public const string Inherit = "inherit";

    /// <summary>The defaults: protocol 2 with zlib.</summary>
    public static PackageSaveOptions Default { get; } = new();

    /// <summary>
    /// The generation, and with it who can read the file: <see cref="PackageGeneration.Protocol2"/> (default) Flama 2.x,
    /// <see cref="PackageGeneration.Protocol1"/> Flama 1.12 and 2.x, <see cref="PackageGeneration.G1"/> Flama 1.1 to 1.11. Others are not
    /// written.
    /// </summary>
    public PackageGeneration Format { get; init; } = PackageGeneration.Protocol2;

    /// <summary>
    /// The codec: <c>zlib</c> or <c>bz2</c> for the protocols, <c>gzip</c> (or <c>gz</c>) or <c>bz2</c> for tar;
    /// <see cref="DefaultCompression"/> by default; null for no compression, which only protocol 2 has.
    /// </summary>
    public string? Compression { get; init; } = DefaultCompression;

    /// <summary>
    /// The codec of the metadata in protocol 2: <see cref="Inherit"/> (default), <c>zlib</c>, <c>bz2</c>, or null for none.
    /// </summary>
    public string? MetadataCompression { get; init; } = Inherit;

    /// <summary>
    /// The codec of the artifacts in protocol 2: <see cref="Inherit"/> (default), <c>zlib</c>, <c>bz2</c>, or null for none.
    /// </summary>
    public string? ArtifactCompression { get; init; } = Inherit;

    /// <summary>The codec of the model in protocol 2: <see cref="Inherit"/> (default), <c>zlib</c>, <c>bz2</c>, or null for none.</summary>
    public string? ModelCompression { get; init; } = Inherit;

    /// <summary>Where the time comes from when <see cref="PackageContent.Timestamp"/> is null.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
