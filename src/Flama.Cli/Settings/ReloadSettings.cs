namespace Flama.Cli.Settings;

/// <summary>The settings of watching files.</summary>
internal static class ReloadSettings
{
    /// <summary>Whether files are watched.</summary>
    public static readonly Setting<bool> Reload =
        SettingKinds.Flag("--server-reload", "Watch the model file and serve the new one when it is replaced; no request fails for it.");

    /// <summary>More directories.</summary>
    public static readonly Setting<string?> Directories =
        SettingKinds.Texts("--server-reload-dirs", "PATH", "Watch the files below this directory too; a change loads the models again. Can be repeated.");

    /// <summary>Which files below them.</summary>
    public static readonly Setting<string?> Includes = SettingKinds.Texts(
        "--server-reload-includes", "GLOB", "Files to watch there, by name. Can be repeated. [default: *]");

    /// <summary>Which files and directories not.</summary>
    public static readonly Setting<string?> Excludes = SettingKinds.Texts(
        "--server-reload-excludes", "GLOB", "Files and directories to leave out, by name. Can be repeated. [default: .*, *~, *.swp, *.tmp]");

    /// <summary>How often to look.</summary>
    public static readonly Setting<double> Delay = SettingKinds.Amount(
        "--server-reload-delay", "SECONDS", "Look so often; a file has to rest so long before it is loaded.", 0.25);

    /// <summary>All of them, as the help page shows them.</summary>
    public static readonly SettingGroup Group = new("Reload", [Reload, Directories, Includes, Excludes, Delay]);
}
