namespace Flama.Cli.Settings;

/// <summary>The settings that every command has.</summary>
internal static class GlobalSettings
{
    /// <summary>Show exceptions in full.</summary>
    public static readonly Setting<bool> Debug = SettingKinds.Flag("--debug", "Show the whole exception when something fails.");

    /// <summary>Show the help page.</summary>
    public static readonly Setting<bool> Help = SettingKinds.Flag("--help", "Show this page.", "-h");

    /// <summary>All of them.</summary>
    public static readonly SettingGroup Group = new("Other options", [Debug, Help]);
}
