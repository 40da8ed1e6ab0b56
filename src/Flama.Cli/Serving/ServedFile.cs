using Flama.Cli.Settings;

namespace Flama.Cli.Serving;

/// <summary>A model file and where it is served.</summary>
/// <param name="Path">The file, as the user wrote it.</param>
/// <param name="Url">The path on the server.</param>
/// <param name="Name">The name in documents and in the log.</param>
internal sealed record ServedFile(string Path, string Url, string Name)
{
    /// <summary>Where it was named.</summary>
    public SettingOrigin Origin { get; init; } = SettingOrigin.Default;
}
