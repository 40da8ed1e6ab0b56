namespace Flama.Cli.Settings;

/// <summary>What <c>flama package</c> puts together.</summary>
internal static class PackageSettings
{
    public static readonly Setting<string?> Output =
        new("--output", Kinds.File(), null, "The package; without it SOURCE with the ending .flm, or .onnx with --to onnx.") { Aliases = ["-o"] };

    public static readonly Setting<string> To = new(
        "--to", Kinds.Choice("flm", "onnx"), "flm", "What to write: the model as it is, or onnx, its graph (PyTorch, Keras, TensorFlow): a .onnx file, or a package of it.");

    public static readonly Setting<string?> Id =
        new("--id", Kinds.OptionalText("UUID"), null, "The model's id; without it one made from the model's bytes and the timestamp.");

    public static readonly Setting<string?> Timestamp = new(
        "--timestamp", Kinds.OptionalText("TIME"), null, "When the model was packaged, ISO 8601; without it SOURCE_DATE_EPOCH if that is set, else now.");

    public static readonly Setting<string?> Param =
        new("--param", Kinds.Texts("KEY=VALUE"), null, "A parameter of the training; @FILE takes all of a JSON object. Can be repeated.");

    public static readonly Setting<string?> Metric =
        new("--metric", Kinds.Texts("KEY=VALUE"), null, "A measure of the model; @FILE takes all of a JSON object. Can be repeated.");

    public static readonly Setting<string?> Extra =
        new("--extra", Kinds.Texts("KEY=VALUE"), null, "Anything else to store; @FILE takes all of a JSON object. Can be repeated.");

    public static readonly Setting<string?> Artifact =
        new("--artifact", Kinds.Texts("NAME=PATH"), null, "A file to put beside the model. Can be repeated.");

    public static readonly Setting<string?> Cases =
        new("--cases", Kinds.File(), null, "Cases for 'flama model MODEL verify'; the model has to pass them now.");

    public static readonly Setting<string?> Before =
        new("--before", Kinds.Texts("FILE"), null, "A scaler, encoder or other transformer that was saved apart: rows go through it first. Can be repeated, in order.");

    public static readonly Setting<string?> Framework =
        new("--framework", Kinds.OptionalText("NAME"), null, "The framework, where the file does not tell.");

    public static readonly Setting<string?> FrameworkVersion =
        new("--framework-version", Kinds.OptionalText("TEXT"), null, "The framework's version, where the file does not tell.");

    public static readonly Setting<string?> ModelClass =
        new("--model-class", Kinds.OptionalText("NAME"), null, "The model's class, where the file does not tell.");

    public static readonly Setting<string> Compression = new(
        "--compression", Kinds.Choice("default", "zlib", "bz2", "gzip", "none"), "default", "The codec; default is zlib, for tar gzip.");

    public static readonly Setting<string> Protocol = new(
        "--protocol", Kinds.Choice("2", "1", "tar"), "2", "The format: 2 for Flama 2, 1 for Flama 1.12 and later, tar for Flama 1.1 to 1.11.");

    /// <summary>Those that only a package has.</summary>
    public static IReadOnlyList<Setting> OfPackages => [Before, Protocol, Compression, Id, Timestamp, Param, Metric, Extra, Framework, FrameworkVersion, ModelClass, Artifact, Cases];

    /// <summary>All of them, as the help page shows them.</summary>
    public static IReadOnlyList<SettingGroup> Groups =>
    [
        new("Package", [Output, To, Before, ModelSettings.Key, ModelSettings.InputShape, Protocol, Compression]),
        new("Metadata", [Id, Timestamp, Param, Metric, Extra, Framework, FrameworkVersion, ModelClass]),
        new("Files beside the model", [Artifact, Cases]),
    ];
}
