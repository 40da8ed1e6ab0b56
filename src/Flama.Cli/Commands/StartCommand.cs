using Flama.Cli.Configuration;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama start [CONFIG]</c>: serves what a configuration file describes.</summary>
internal sealed class StartCommand() : CliCommand("start", "Serves what a configuration file describes.")
{
    private static readonly string[] ProjectEndings = [".csproj", ".cs", ".dll"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "The file has an object app with title, version, description, schema, docs, debug and models, a list of objects with url, path and "
        + "name; and an object server with the options of the server, without 'server-' and with underscores. Files that it names are looked "
        + "for in its own folder. Every option of 'flama serve' can be given as well and wins. With the name of a project, a .cs file or a .dll as app it is 'flama run' with the options of the file.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama start --create-config simple",
        "  flama start",
        "  flama start production.yaml --server-port 80 --server-log-format json",
        "  flama start full.yaml --create-config full --force",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [ConfigSettings.Config];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups =>
    [
        .. ConfigKeys.Groups,
        new("Configuration", [ConfigSettings.Create, ConfigSettings.Force, ConfigSettings.Explain]),
    ];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        var path = context.Values.Get(ConfigSettings.Config) ?? ConfigSettings.DefaultFile;
        if (context.Values.Get(ConfigSettings.Create) is { } extent)
        {
            return Create(context, path, isFull: extent == "full");
        }

        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw MissingFile.Named("configuration file", path, "Write one: flama start --create-config simple");
        }

        context.AddFiles(path);
        var isExplained = context.Values.Get(ConfigSettings.Explain);
        if (context.Configuration?.Application is { } application && !isExplained)
        {
            return await RunCommand.RunAsync(context, ApplicationOf(application, path));
        }

        var plan = ServerPlan.Read(context);
        if (isExplained)
        {
            return ConfigReport.Write(context, plan);
        }

        if (plan.Models.Count == 0 && plan.Repository is null)
        {
            throw context.UsageError($"'{path}' names no model.", $"Add one to {ConfigKeys.Models}: an object with url, path and name.");
        }

        await ModelServer.RunAsync(plan, context);
        return 0;
    }

    private static int Create(CommandContext context, string path, bool isFull)
    {
        ConfigTemplate.Write(path, isFull, context.Values.Get(ConfigSettings.Force));
        context.Console.Error.WriteLine($"Wrote {path}. Put your model into {ConfigKeys.Models}, then: flama start {path}");
        return 0;
    }

    // The Python original has the name of a module there; here it is what 'flama run' takes.
    private static string ApplicationOf(SettingEntry application, string configuration)
    {
        var path = ConfigPath.Of(configuration, application.Text);
        return File.Exists(path) || Directory.Exists(path) || ProjectEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
            ? path
            : throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"{application.Origin.InMessage} is '{application.Text}', which names a Python module; Python cannot be run here.",
                "Name a .NET project, a .cs file or a .dll, or describe models in app, see: flama start --create-config simple");
    }
}
