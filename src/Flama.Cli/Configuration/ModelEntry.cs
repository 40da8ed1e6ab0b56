using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>A model as the user named it.</summary>
/// <param name="File">The model file.</param>
/// <param name="Url">Its path on the server; null when it is not set.</param>
/// <param name="Name">Its name; null when it is not set.</param>
/// <param name="Origin">Where it was named.</param>
internal sealed record ModelEntry(string File, string? Url, string? Name, SettingOrigin Origin)
{
    /// <summary>Which model of the file; null when it is not set.</summary>
    public string? Key { get; init; }

    /// <summary>The digest of the file; null when it is not set.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What its inputs look like, with semicolons between them; null when it is not set.</summary>
    public string? InputShape { get; init; }

    /// <summary>The file with the schema of its rows; null for the package's own.</summary>
    public string? Schema { get; init; }
}
