using Flama.Cli.Configuration;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama serve MODEL</c>: serves a model file over HTTP.</summary>
internal sealed class ServeCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "serve";

    /// <inheritdoc/>
    public override string Summary => "Serves model files over HTTP.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Description =>
    [
        "GET of a model's path shows what the package says of it; POST of {path}predict/ and of the model's other methods answers for rows "
        + "of input. Models are loaded before the server listens; Ctrl+C stops it after the requests at hand.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama serve churn.flm",
        "  flama serve churn.flm --model-url /churn/ --model-name churn --server-port 0",
        "  flama serve --model file=churn.flm,url=/churn/ --model file=xor.flm,name=xor",
        "  flama serve --model @models.yaml",
        "  FLAMA_MODEL_PATH=churn.flm FLAMA_SERVER_HOST=0.0.0.0 flama serve",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Positional.Model];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups { get; } = [.. ServeSettings.Groups, new("Configuration", [StartSettings.ExplainConfig])];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        _ = ServeSetup.AddFiles(context, path: null);
        var options = ServeSetup.Read(context, file: null, modelIndex: 0);
        if (context.Values.Get(StartSettings.ExplainConfig))
        {
            return ConfigReport.Write(context, options);
        }

        if (options.Models.Count == 0)
        {
            throw context.UsageError("No MODEL was given.", "Write: flama serve MODEL, or set FLAMA_MODEL_PATH.");
        }

        await ModelServer.RunAsync(options, context.Console, context.Notices);
        return 0;
    }
}
