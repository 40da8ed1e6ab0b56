namespace Flama.Packaging.Reading;

/// <summary>What a reader of one generation hands over.</summary>
/// <param name="Format">What the file is.</param>
/// <param name="Metadata">What it says of its model; null for a bare file.</param>
/// <param name="Artifacts">Its artifacts in the order of the file; names are checked and unique.</param>
/// <param name="ReadPayload">Reads and unwraps the model.</param>
internal sealed record PackageBody(
    PackageFormat Format,
    ModelMetadata? Metadata,
    IReadOnlyList<ArtifactEntry> Artifacts,
    Func<ModelPayload> ReadPayload)
{
    /// <summary>The files beside the model, where it is a directory; often none.</summary>
    public IReadOnlyList<SideFile> SideFiles { get; init; } = [];

    /// <summary>Finds a file of the directory that the model is in, where it is a bare file that may need one; null for none.</summary>
    public Func<string, SideFile?>? FindBeside { get; init; }

    /// <summary>The names of the columns, where something beside the model tells them; null for none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The same of the classes.</summary>
    public IReadOnlyList<string>? Classes { get; init; }
}
