namespace Flama.Cli.Settings;

/// <summary>The settings about configuration files.</summary>
internal static class StartSettings
{
    /// <summary>Write a configuration file.</summary>
    public static readonly Setting<string?> CreateConfig = SettingKinds.OptionalChoice(
        "--create-config", "Write CONFIG and end: simple has the host and the port of the server, full every option.", "simple", "full");

    /// <summary>Overwrite what is there.</summary>
    public static readonly Setting<bool> Force = SettingKinds.Flag("--force", "Let --create-config overwrite a file.");

    /// <summary>Show the values instead of serving.</summary>
    public static readonly Setting<bool> ExplainConfig =
        SettingKinds.Flag("--explain-config", "Print every value in effect and where it came from, and end. See: flama config --help");

    /// <summary>How the values are shown.</summary>
    public static readonly Setting<string> Output = SettingKinds.Choice("--output", "How the values are shown.", "table", "table", "json");

    /// <summary>The configuration file.</summary>
    public static Positional Config { get; } =
        new("CONFIG", "The configuration file, JSON or YAML; without it flama.json.") { EnvironmentName = "FLAMA_CONFIG", IsOptional = true };

    /// <summary>The configuration file when nobody names one.</summary>
    public const string DefaultFile = "flama.json";
}
