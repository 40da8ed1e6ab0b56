namespace Flama.Hosting.Reloading;

/// <summary>How the files of models are watched. Immutable.</summary>
public sealed record ReloadOptions
{
    /// <summary>How often to look, and how long a file rests before it is loaded. Default a quarter of a second.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Directories whose files are watched beside the model file: any change there loads the model again. Default none.</summary>
    public IReadOnlyList<string> Directories { get; init; } = [];

    /// <summary>The names of files to watch there, with <c>*</c> and <c>?</c>. Default all.</summary>
    public IReadOnlyList<string> Includes { get; init; } = ["*"];

    /// <summary>The names of files and directories to leave out. Default hidden ones and what editors leave.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [".*", "*~", "*.swp", "*.tmp"];
}
