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

    /// <summary>How the rows are written.</summary>
    public static readonly Setting<string> InputFormat = SettingKinds.Choice(
        "--input-format", "How the rows are written; auto tells by the file's ending and by the first lines.", Auto, Auto, Json, NdJson, Csv);

    /// <summary>Whether CSV starts with names.</summary>
    public static readonly Setting<string> InputHeader = SettingKinds.Choice(
        "--input-header", "Whether CSV starts with a line of names; columns then go by name.", Auto, Auto, Yes, "no");

    /// <summary>How results are written.</summary>
    public static readonly Setting<string> OutputFormat = SettingKinds.Choice(
        "--output-format", "How results are written; auto tells by the file's ending, else json.", Auto, Auto, Json, NdJson, Csv);

    /// <summary>What happens when a row is bad.</summary>
    public static readonly Setting<string> OnError = SettingKinds.Choice(
        "--on-error", "What a bad row does: stop everything, be left out, or be answered with null.", Stop, Stop, "skip", Null);

    /// <summary>How far numbers may be apart in <c>verify</c>.</summary>
    public static readonly Setting<double> Tolerance =
        SettingKinds.Amount("--tolerance", "NUMBER", "Largest relative difference between numbers that are still equal.", 1e-9);

    /// <summary>The settings about rows, for the help page.</summary>
    public static readonly SettingGroup Rows = new("Rows and results", [InputFormat, InputHeader, OutputFormat, OnError]);

    /// <summary>Values of the settings.</summary>
    public const string Auto = "auto", Json = "json", NdJson = "ndjson", Csv = "csv", Yes = "yes", Stop = "stop", Null = "null";
}
