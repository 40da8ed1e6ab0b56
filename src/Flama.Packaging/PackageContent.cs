using System.Text.Json;

namespace Flama.Packaging;

/// <summary>What goes into a package.</summary>
/// <remarks>
/// Nothing is checked before the package is saved. Two of these with the same values are equal only if they share their artifacts.
/// </remarks>
public sealed record PackageContent
{
    /// <summary>
    /// The model's bytes as its framework writes them: a pickle, a zip archive, …; for transformers a tar archive of its directory.
    /// </summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The framework: <c>sklearn</c>, <c>torch</c>, <c>tensorflow</c>, <c>keras</c>, <c>transformers</c>.</summary>
    public required string Framework { get; init; }

    /// <summary>The framework's version that made the model.</summary>
    public required string FrameworkVersion { get; init; }

    /// <summary>The model's class name, for example <c>Pipeline</c>.</summary>
    public required string ModelClass { get; init; }

    /// <summary>The model's id, not empty; a new UUID by default.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString("D");

    /// <summary>
    /// When the model was packaged, ISO 8601 (<c>2023-03-10T11:30:00</c>, with or without fraction and offset); null for now, local time
    /// without offset as the original does it, taken from <see cref="PackageSaveOptions.TimeProvider"/>.
    /// </summary>
    public string? Timestamp { get; init; }

    /// <summary>The model's own parameters; null for none.</summary>
    public JsonElement? Info { get; init; }

    /// <summary>The user's parameters; null for none.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>The user's metrics; null for none.</summary>
    public JsonElement? Metrics { get; init; }

    /// <summary>Whatever else the user wants to store; null for none.</summary>
    public JsonElement? Extra { get; init; }

    /// <summary>The family: <c>ml</c> (default) or <c>llm</c>. Written by protocol 2 only; <c>llm</c> needs protocol 2.</summary>
    public string Family { get; init; } = "ml";

    /// <summary>The framework's configuration; null for none. Written by protocol 2 only.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>
    /// What the model can do; null for <c>{"kind":"ml"}</c> with family <c>ml</c>, and for none else. Written by protocol 2 only.
    /// </summary>
    public JsonElement? Capabilities { get; init; }

    /// <summary>The files to put beside the model, in the order of the package.</summary>
    public IReadOnlyList<ArtifactContent> Artifacts { get; init; } = [];

    /// <summary>How the package will hold the model, as the original decides it.</summary>
    public PackageModelKind ModelKind => Family == "llm" || Framework == "transformers" ? PackageModelKind.Bundle : PackageModelKind.Binary;
}
