using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>A model file with the name and the URL that it gets.</summary>
/// <param name="File">The file, as the user wrote it.</param>
/// <param name="Url">The path on the server.</param>
/// <param name="Name">The name in documents and in the log.</param>
internal sealed record NamedModel(string File, string Url, string Name)
{
    /// <summary>Which model of the file; null for its only one.</summary>
    public string? Key { get; init; }

    /// <summary>What its inputs look like, with semicolons between them; null where nothing is told.</summary>
    public string? InputShape { get; init; }

    /// <summary>The file with the schema of its rows; null for the package's own.</summary>
    public string? Schema { get; init; }

    /// <summary>The digest that a file from elsewhere must have; null for any.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Where the file came from and is followed; null for one of this machine.</summary>
    public Uri? Location { get; init; }

    /// <summary>Where the user named it.</summary>
    public SettingOrigin Origin { get; init; } = SettingOrigin.Default;
}
