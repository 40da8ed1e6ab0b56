namespace Flama.Cli.Settings;

/// <summary>The settings of <c>flama model</c>.</summary>
internal static class ModelSettings
{
    /// <summary>Where rows come from.</summary>
    public static readonly Setting<string?> File =
        SettingKinds.OptionalText("--file", "FILE", "Read the rows from FILE; - or nothing means standard input.", "-f");

    /// <summary>Where results go.</summary>
    public static readonly Setting<string?> Output =
        SettingKinds.OptionalText("--output", "FILE", "Write the result to FILE; - or nothing means standard output.", "-o");

    /// <summary>Layout for people.</summary>
    public static readonly Setting<bool> Pretty =
        SettingKinds.Flag("--pretty", "Write a line for each item, keys sorted.", "-p");
}
