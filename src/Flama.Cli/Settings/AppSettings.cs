using Flama.AspNetCore;
using Flama.Hosting;

namespace Flama.Cli.Settings;

/// <summary>What is served: the models, and the application around them.</summary>
internal static class AppSettings
{
    /// <summary>The variable in which the Python original expects models, with spaces between them.</summary>
    public const string OriginalModels = "FLAMA_MODELS_SPECS";

    public static readonly Setting<string?> Model = new(
        "--model",
        Kinds.Texts("SPEC", isFile: true),
        null,
        "A model: PATH or an https:// address; file=PATH[,url=URL][,name=NAME][,key=KEY]; or @FILE, a JSON, YAML or TOML file with one such object or a list of them. Can be "
        + "repeated. Of several models, one without a name is named after its file, and one without a url is at /NAME/.")
    {
        OtherVariable = OriginalModels,
    };

    public static readonly Setting<string> ModelUrl =
        new("--model-url", Kinds.Route, "/", "Path of the model, when there is one.") { OtherVariable = "MODEL_URL" };

    public static readonly Setting<string> ModelName =
        new("--model-name", Kinds.Text("NAME"), "model", "Name of the model, when there is one.") { OtherVariable = "MODEL_NAME" };

    public static readonly Setting<string> Title = new Setting<string>("--app-title", Kinds.Text("TEXT"), "Flama", "Title of the application.")
    {
        OtherVariable = "APP_TITLE",
    }.Sets<FlamaOptions>((flama, title) => flama.Title = title);

    public static readonly Setting<string> Version = new Setting<string>("--app-version", Kinds.Text("TEXT"), "0.1.0", "Version of the application.")
    {
        OtherVariable = "APP_VERSION",
    }.Sets<FlamaOptions>((flama, version) => flama.Version = version);

    public static readonly Setting<string> Description =
        new Setting<string>("--app-description", Kinds.Text("TEXT"), "Fire up with the flame", "Description of the application.")
        {
            OtherVariable = "APP_DESCRIPTION",
        }.Sets<FlamaOptions>((flama, description) => flama.Description = description);

    public static readonly Setting<string> SchemaPath =
        new Setting<string>("--app-schema", Kinds.Route, "/schema/", "Path of the OpenAPI document; empty for none.")
        {
            OtherVariable = "APP_SCHEMA",
        }.Sets<FlamaHttpOptions>((http, path) => http.SchemaPath = path);

    public static readonly Setting<string> DocsPath =
        new Setting<string>("--app-docs", Kinds.Route, "/docs/", "Path of the documentation page; empty for none.")
        {
            OtherVariable = "APP_DOCS",
        }.Sets<FlamaHttpOptions>((http, path) => http.DocsPath = path);

    public static readonly Setting<string> HealthPath =
        new("--app-health", Kinds.Route, "/health/", "Path of the health endpoints; empty for none.");

    public static readonly Setting<string> MetricsPath =
        new("--app-metrics", Kinds.Route, "", "Path of the metrics for Prometheus, for example /metrics; empty for none.");

    public static readonly Setting<string> AdminPath =
        new("--app-admin", Kinds.Route, "", "Path of the routes that load, unload and promote models, for example /admin/; for keys with the scope admin. Empty for none.");

    public static readonly Setting<string> MetricsCompat = new Setting<string>(
        "--app-metrics-compat", Kinds.Choice("none", "triton"), "none", "Show inference under the names of another server too.")
    {
        Aliases = ["--metrics-compat"],
    }.Sets<FlamaMetricsOptions>((metrics, names) => metrics.TritonNames = names == "triton");

    public static readonly Setting<string> StatisticsPath = new(
        "--app-stats", Kinds.Route, "", "Path of the statistics, JSON and a page, for example /stats; empty for none.");

    public static readonly Setting<string> McpPath = new(
        "--app-mcp", Kinds.AgentRoute, "", "Let agents use the models as tools, by the Model Context Protocol, at this path; without a value at /mcp. Empty for none.")
    {
        Aliases = ["--mcp"],
    };

    public static readonly Setting<bool> Debug = new Setting<bool>(
        "--app-debug", Kinds.Flag, false, "Answer errors in browsers with pages that show routes, exceptions and paths; not for production.")
    {
        OtherVariable = "APP_DEBUG",
    }.Sets<FlamaHttpOptions>((http, isOn) => http.Debug = isOn);

    public static readonly Setting<bool> HideInternals = new Setting<bool>(
        "--app-hide-internals", Kinds.Flag, false, "Tell callers neither class nor framework, parameters, metrics or files of models.")
        .Sets<FlamaOptions>((flama, isOn) => flama.HidesInternals = isOn);

    /// <summary>All of them, as the help page shows them.</summary>
    public static IReadOnlyList<SettingGroup> Groups =>
    [
        new("Model", [Model, ModelUrl, ModelName, ModelSettings.Key, .. ModelSettings.Checks]),
        new("Application", [Title, Version, Description, SchemaPath, DocsPath, HealthPath, MetricsPath, MetricsCompat, StatisticsPath, McpPath, HideInternals, AdminPath, Debug]),
    ];
}
