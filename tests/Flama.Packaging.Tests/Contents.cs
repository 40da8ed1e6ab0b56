using System.Text.Json;

namespace Flama.Packaging.Tests;

/// <summary>Contents to save.</summary>
internal static class Contents
{
    public static PackageContent Tiny { get; } = new()
    {
        Payload = new byte[] { 0x80, 4, (byte)'.' },
        Framework = "sklearn",
        FrameworkVersion = "1.4.2",
        ModelClass = "Tiny",
        Id = "an-id",
        Timestamp = "2023-03-10T11:30:00",
    };

    /// <summary>What a package holds, to be saved again.</summary>
    public static PackageContent Of(ModelPackage package)
    {
        var metadata = package.Metadata!;
        var framework = metadata.Document.GetProperty("framework");
        return new PackageContent
        {
            Payload = package.ReadModel().Payload.ReadAll(),
            Framework = metadata.Framework,
            FrameworkVersion = metadata.FrameworkVersion,
            ModelClass = metadata.ModelClass,
            Id = metadata.Id,
            Timestamp = metadata.Timestamp,
            Info = metadata.Info,
            Params = metadata.Params,
            Metrics = metadata.Metrics,
            Extra = metadata.Extra,
            Config = framework.TryGetProperty("config", out var config) ? config : null,
            Capabilities = metadata.Document.TryGetProperty("capabilities", out var capabilities) ? capabilities : null,
            Artifacts = [.. package.Artifacts.Select(artifact => ArtifactContent.FromStream(artifact.Name, artifact.OpenRead))],
        };
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 2000 });
        return document.RootElement.Clone();
    }
}
