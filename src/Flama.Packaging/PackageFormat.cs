namespace Flama.Packaging;

/// <summary>What a file turned out to be, by its content. Immutable.</summary>
/// <param name="Generation">The container.</param>
public sealed record PackageFormat(PackageGeneration Generation)
{
    /// <summary>
    /// The file's codec: of the whole file (<see cref="PackageGeneration.G0"/>, <see cref="PackageGeneration.G1"/>, a compressed pickle) or
    /// the one its header names (<c>bz2</c>, <c>lzma</c>, <c>zlib</c>, <c>zstd</c>); null when nothing is compressed.
    /// </summary>
    public string? Compression { get; init; }

    /// <summary>The codec of the metadata; null for none.</summary>
    public string? MetadataCompression { get; init; }

    /// <summary>The codec of the artifacts; null for none.</summary>
    public string? ArtifactCompression { get; init; }

    /// <summary>The codec of the model; null for none.</summary>
    public string? ModelCompression { get; init; }

    /// <summary>How the package holds its model.</summary>
    public PackageModelKind ModelKind { get; init; }

    /// <summary>What a bare file is; null for a package, whose model has its format in <see cref="ModelPackage.ReadModel"/>.</summary>
    public ModelFormat? Content { get; init; }

    internal static PackageFormat Whole(PackageGeneration generation, string? compression) => new(generation)
    {
        Compression = compression,
        MetadataCompression = compression,
        ArtifactCompression = compression,
        ModelCompression = compression,
    };
}
