namespace Flama.Cli.Settings;

/// <summary>What every command has.</summary>
internal static class GeneralSettings
{
    public static readonly Setting<bool> Debug = new("--debug", Kinds.Flag, false, "Show the whole exception when something fails.");

    public static readonly Setting<bool> Help = new("--help", Kinds.Flag, false, "Show this page.") { Aliases = ["-h"] };

    public static readonly Setting<bool> Version = new("--version", Kinds.Flag, false, "Print the version, the runtime and the platform.");

    /// <summary>Those of every command.</summary>
    public static readonly SettingGroup Group = new("Other options", [Debug, Help]);
}
