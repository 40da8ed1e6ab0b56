namespace Flama.Cli.Settings;

/// <summary>Configuration files.</summary>
internal static class ConfigSettings
{
    /// <summary>The configuration file without a name of its own.</summary>
    public const string DefaultFile = "flama.json";

    public static readonly Setting<string?> Create = new(
        "--create-config",
        Kinds.OptionalChoice("simple", "full"),
        null,
        "Write CONFIG and end: simple has the host and the port of the server, full every option.");

    public static readonly Setting<bool> Force = new("--force", Kinds.Flag, false, "Let --create-config overwrite a file.");

    public static readonly Setting<bool> Explain = new(
        "--explain-config", Kinds.Flag, false, "Print every value in effect and where it came from, and end. See: flama config --help");

    public static readonly Setting<string> Output = new("--output", Kinds.Choice("table", "json"), "table", "How the values are shown.");

    /// <summary>The configuration file.</summary>
    public static Positional Config { get; } = new("CONFIG", "The configuration file, JSON, YAML or TOML; without it flama.json.")
    {
        Variable = "FLAMA_CONFIG",
        IsOptional = true,
        IsFile = true,
    };
}
