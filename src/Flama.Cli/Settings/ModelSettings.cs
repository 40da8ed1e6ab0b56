using Flama.Schemas;

namespace Flama.Cli.Settings;

/// <summary>What <c>flama model</c> reads and writes.</summary>
internal static class ModelSettings
{
    /// <summary>Values of the settings.</summary>
    public const string Auto = "auto", Json = "json", NdJson = "ndjson", Csv = "csv", Yes = "yes", Stop = "stop", Null = "null", Strict = "strict";

    public static readonly Setting<string?> File = new("--file", Kinds.File(), null, "Read the rows from FILE; - or nothing means standard input.")
    {
        Aliases = ["-f", "-i", "--input"],
    };

    public static readonly Setting<string?> Output =
        new("--output", Kinds.File(), null, "Write the result to FILE; - or nothing means standard output.") { Aliases = ["-o"] };

    public static readonly Setting<string?> Key = new(
        "--model-key", Kinds.OptionalText("KEY"), null, "Which model of a file that holds several: a key of its dict, a position in its tuple or list.");

    public static readonly Setting<string?> InputShape = new(
        "--input-shape", Kinds.Shapes, null, "What an input of a PyTorch program looks like where the file does not tell: x=1,3,224,224, ids=?,128:int64. Can be repeated.");

    public static readonly Setting<string?> Schema = new(
        "--model-schema", Kinds.File(), null, "A JSON Schema of the model's rows: ranges, values, patterns. Without it the one of the package.");

    public static readonly Setting<string> Validation = new(
        "--model-validation", Kinds.Choice(Strict, "warn", "off"), Strict, "What becomes of rows that are against the schema: refused, computed with a warning, not looked at.");

    public static readonly Setting<bool> ChecksAnswers = new(
        "--model-check-answers", Kinds.Flag, false, "Fail where an answer is not finite or its probabilities do not sum to 1; for finding faults.");

    public static readonly Setting<bool> Pretty = new("--pretty", Kinds.Flag, false, "Write a line for each item, keys sorted.") { Aliases = ["-p"] };

    public static readonly Setting<string> InputFormat = new(
        "--input-format", Kinds.Choice(Auto, Json, NdJson, Csv), Auto, "How the rows are written; auto tells by the file's ending and by the first bytes or lines, Parquet and Arrow too.");

    public static readonly Setting<string> InputHeader = new(
        "--input-header", Kinds.Choice(Auto, Yes, "no"), Auto, "Whether CSV starts with a line of names; columns then go by name.");

    public static readonly Setting<string> InputEncoding = new(
        "--input-encoding", Kinds.Choice([Auto, .. InputEncodings.Names]), Auto, "The encoding of the rows; auto is UTF-8 unless a byte order mark tells otherwise.")
    {
        Aliases = ["--encoding"],
    };

    public static readonly Setting<string?> Drop = new(
        "--drop", Kinds.Texts("COLUMN"), null, "A column that the rows have and the model does not, such as the target of a training file. Can be repeated.");

    public static readonly Setting<string> OutputFormat = new(
        "--output-format", Kinds.Choice(Auto, Json, NdJson, Csv), Auto, "How results are written; auto tells by the file's ending, else json.");

    public static readonly Setting<string> OnError = new(
        "--on-error", Kinds.Choice(Stop, "skip", Null), Stop, "What a bad row does: stop everything, be left out, or be answered with null.");

    public static readonly Setting<double> Tolerance =
        new("--tolerance", Kinds.Amount("NUMBER"), 1e-9, "Largest relative difference between numbers that are still equal.");

    /// <summary>What is checked of rows and answers beyond their types.</summary>
    public static IReadOnlyList<Setting> Checks => [InputShape, Schema, Validation, ChecksAnswers];

    /// <summary>The shapes that were told.</summary>
    public static IReadOnlyList<InputShape> ShapesOf(SettingValues values) => [.. values.GetAll(InputShape).SelectMany(Flama.InputShape.ParseAll)];

    /// <summary>What is to become of rows that are against the schema.</summary>
    public static ValidationMode ModeOf(SettingValues values) => values.Get(Validation) switch
    {
        "warn" => ValidationMode.Warn,
        "off" => ValidationMode.Off,
        _ => ValidationMode.Strict,
    };

    /// <summary>The settings about rows, for the help page.</summary>
    public static SettingGroup Rows => new("Rows and results", [InputFormat, InputHeader, InputEncoding, Drop, OutputFormat, OnError]);
}
