namespace Flama.Cli.Settings;

/// <summary>The settings of <c>flama serve</c>.</summary>
internal static class ServeSettings
{
    /// <summary>The models.</summary>
    public static readonly Setting<string?> Model = SettingKinds.Texts(
        "--model",
        "SPEC",
        "A model: PATH; file=PATH[,url=URL][,name=NAME]; or @FILE, a JSON or YAML file with one such object or a list of them. Can be repeated. "
        + "Of several models, one without a name is named after its file, and one without a url is at /NAME/.");

    /// <summary>Where the model's routes are.</summary>
    public static readonly Setting<string> ModelUrl = SettingKinds.Path("--model-url", "Path of the model, when there is one.", "/");

    /// <summary>The model's name in documents and start lines.</summary>
    public static readonly Setting<string> ModelName = SettingKinds.Text("--model-name", "NAME", "Name of the model, when there is one.", "model");

    /// <summary>Readable error pages for browsers.</summary>
    public static readonly Setting<bool> AppDebug =
        SettingKinds.Flag("--app-debug", "Answer errors in browsers with pages that show routes, exceptions and paths; not for production.");

    /// <summary>The title of the application.</summary>
    public static readonly Setting<string> AppTitle = SettingKinds.Text("--app-title", "TEXT", "Title of the application.", "Flama");

    /// <summary>The version of the application.</summary>
    public static readonly Setting<string> AppVersion = SettingKinds.Text("--app-version", "TEXT", "Version of the application.", "0.1.0");

    /// <summary>The description of the application.</summary>
    public static readonly Setting<string> AppDescription =
        SettingKinds.Text("--app-description", "TEXT", "Description of the application.", "Fire up with the flame");

    /// <summary>Where the OpenAPI document is.</summary>
    public static readonly Setting<string> AppSchema =
        SettingKinds.Path("--app-schema", "Path of the OpenAPI document; empty for none.", "/schema/");

    /// <summary>Where the docs page is.</summary>
    public static readonly Setting<string> AppDocs =
        SettingKinds.Path("--app-docs", "Path of the documentation page; empty for none.", "/docs/");

    /// <summary>The address to listen on.</summary>
    public static readonly Setting<string> ServerHost = SettingKinds.Text("--server-host", "HOST", "Address or name to listen on.", "127.0.0.1");

    /// <summary>The port to listen on.</summary>
    public static readonly Setting<int> ServerPort = SettingKinds.Port("--server-port", "Port to listen on; 0 for any free one.", 8000);

    /// <summary>All of them, as the help page shows them.</summary>
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("Model", [Model, ModelUrl, ModelName]),
        new("Application", [AppTitle, AppVersion, AppDescription, AppSchema, AppDocs, AppDebug]),
        .. ServerSettings.Groups,
    ];
}
