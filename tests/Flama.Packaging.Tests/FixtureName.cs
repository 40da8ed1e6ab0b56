namespace Flama.Packaging.Tests;

/// <summary>What a fixture's file name says: <c>model__generation-writer[-protocol[-variant]]__codec[__framework version].flm</c>.</summary>
internal sealed record FixtureName(string Model, string Writer, string Codec, string? Installed)
{
    public PackageGeneration Generation => Writer switch
    {
        _ when Writer.StartsWith("g0", StringComparison.Ordinal) => PackageGeneration.G0,
        _ when Writer.StartsWith("g1", StringComparison.Ordinal) => PackageGeneration.G1,
        _ when Writer.Contains("-p1", StringComparison.Ordinal) => PackageGeneration.Protocol1,
        _ => PackageGeneration.Protocol2,
    };

    public string Compression => Codec == "gz" ? "gzip" : Codec;

    public string Framework => Model.StartsWith("torch", StringComparison.Ordinal) ? "torch"
        : Model.StartsWith("bundle", StringComparison.Ordinal) ? "transformers"
        : "sklearn";

    public string? FrameworkVersion => Installed?.StartsWith("sk", StringComparison.Ordinal) == true ? Installed[2..] : null;

    public bool HasArtifacts => Model is "xor" or "churn" or "torch_mlp" or "torch_seq" or "bundle_transformers"
        && !Writer.EndsWith("noart", StringComparison.Ordinal) && !Writer.EndsWith("config", StringComparison.Ordinal);

    /// <summary>Whether the writer's zstd module refused the empty artifact.</summary>
    public bool IsWithoutEmptyArtifact => Installed is "sk1.2.1" or "torch1.13.0a0"
        && Writer.StartsWith("g2", StringComparison.Ordinal);

    /// <summary>What decides the model's bytes; torch writers of Flama 1 and 2 differ.</summary>
    public string Key => Framework switch
    {
        "torch" => $"{Model} {Writer[..2]} {Installed}",
        "transformers" => Model,
        _ => $"{Model} {Installed}",
    };

    public static FixtureName Parse(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split("__");
        return new FixtureName(parts[0], parts[1], parts[2], parts.Length > 3 ? parts[3] : null);
    }
}
