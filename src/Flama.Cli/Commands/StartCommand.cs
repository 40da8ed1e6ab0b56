using Flama.Cli.Configuration;
using Flama.Cli.Errors;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama start [CONFIG]</c>: serves what a configuration file describes.</summary>
internal sealed class StartCommand : CliCommand
{
    private static readonly string[] ProjectEndings = [".csproj", ".cs", ".dll"];

    /// <inheritdoc/>
    public override string Name => "start";

    /// <inheritdoc/>
    public override string Summary => "Serves what a configuration file describes.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Description =>
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
    public override IReadOnlyList<Positional> Positionals { get; } = [StartSettings.Config];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups { get; } =
    [
        .. ServeSettings.Groups,
        new("Configuration", [StartSettings.CreateConfig, StartSettings.Force, StartSettings.ExplainConfig]),
    ];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        var path = context.Values.Get(StartSettings.Config, index: 0) ?? StartSettings.DefaultFile;
        if (context.Values.Get(StartSettings.CreateConfig) is { } extent)
        {
            return Create(context, path, isFull: extent == "full");
        }

        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw MissingFile.Named("configuration file", path, "Write one: flama start --create-config simple");
        }

        var file = ServeSetup.AddFiles(context, path);
        var isExplained = context.Values.Get(StartSettings.ExplainConfig);
        if (file?.Application is { } application && !isExplained)
        {
            return await RunCommand.RunAsync(context, ApplicationOf(application, path));
        }

        var options = ServeSetup.Read(context, file);
        if (isExplained)
        {
            return ConfigReport.Write(context, options);
        }

        if (options.Models.Count == 0)
        {
            throw context.UsageError($"'{path}' names no model.", $"Add one to {ConfigKeys.Models}: an object with url, path and name.");
        }

        await ModelServer.RunAsync(options, context.Console, context.Notices);
        return 0;
    }

    private static int Create(CommandContext context, string path, bool isFull)
    {
        ConfigTemplate.Write(path, isFull, context.Values.Get(StartSettings.Force));
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
