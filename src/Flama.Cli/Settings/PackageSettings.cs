namespace Flama.Cli.Settings;

/// <summary>The settings of <c>flama package</c>.</summary>
internal static class PackageSettings
{
    /// <summary>The package.</summary>
    public static readonly Setting<string?> Output =
        SettingKinds.OptionalText("--output", "FILE", "The package; without it SOURCE with the ending .flm.", "-o");

    /// <summary>The model's id.</summary>
    public static readonly Setting<string?> Id =
        SettingKinds.OptionalText("--id", "UUID", "The model's id; without it one made from the model's bytes and the timestamp.");

    /// <summary>When the model was packaged.</summary>
    public static readonly Setting<string?> Timestamp = SettingKinds.OptionalText(
        "--timestamp", "TIME", "When the model was packaged, ISO 8601; without it SOURCE_DATE_EPOCH if that is set, else now.");

    /// <summary>The user's parameters.</summary>
    public static readonly Setting<string?> Param = SettingKinds.OptionalText(
        "--param", "KEY=VALUE", "A parameter of the training; @FILE takes all of a JSON object. Can be repeated.");

    /// <summary>The user's metrics.</summary>
    public static readonly Setting<string?> Metric = SettingKinds.OptionalText(
        "--metric", "KEY=VALUE", "A measure of the model; @FILE takes all of a JSON object. Can be repeated.");

    /// <summary>Anything else.</summary>
    public static readonly Setting<string?> Extra = SettingKinds.OptionalText(
        "--extra", "KEY=VALUE", "Anything else to store; @FILE takes all of a JSON object. Can be repeated.");

    /// <summary>Files beside the model.</summary>
    public static readonly Setting<string?> Artifact = SettingKinds.OptionalText(
        "--artifact", "NAME=PATH", "A file to put beside the model. Can be repeated.");

    /// <summary>Cases for <c>verify</c>.</summary>
    public static readonly Setting<string?> Cases =
        SettingKinds.OptionalText("--cases", "FILE", "Cases for 'flama model MODEL verify'; the model has to pass them now.");

    /// <summary>The framework.</summary>
    public static readonly Setting<string?> Framework =
        SettingKinds.OptionalText("--framework", "NAME", "The framework, where the file does not tell.");

    /// <summary>The framework's version.</summary>
    public static readonly Setting<string?> FrameworkVersion =
        SettingKinds.OptionalText("--framework-version", "TEXT", "The framework's version, where the file does not tell.");

    /// <summary>The model's class.</summary>
    public static readonly Setting<string?> ModelClass =
        SettingKinds.OptionalText("--model-class", "NAME", "The model's class, where the file does not tell.");

    /// <summary>The codec.</summary>
    public static readonly Setting<string> Compression = SettingKinds.Choice(
        "--compression", "The codec; default is zlib, for tar gzip.", "default", "default", "zlib", "bz2", "gzip", "none");

    /// <summary>The generation.</summary>
    public static readonly Setting<string> Protocol = SettingKinds.Choice(
        "--protocol", "The format: 2 for Flama 2, 1 for Flama 1.12 and later, tar for Flama 1.1 to 1.11.", "2", "2", "1", "tar");

    /// <summary>All of them, as the help page shows them.</summary>
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("Package", [Output, Protocol, Compression]),
        new("What it says", [Id, Timestamp, Param, Metric, Extra, Framework, FrameworkVersion, ModelClass]),
        new("What comes with it", [Artifact, Cases]),
    ];
}
