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
    public override IReadOnlyList<SettingGroup> Groups => ServeSettings.Groups;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        if (context.Values.Get(ServerSettings.EnvFile) is { } file)
        {
            context.Add(new VariableLayer(EnvironmentFile.Read(file).GetValueOrDefault, file));
        }

        var entries = ModelEntries.Find(context, Positional.Model);
        if (entries.Count == 0)
        {
            throw context.UsageError("No MODEL was given.", "Write: flama serve MODEL, or set FLAMA_MODEL_PATH.");
        }

        var options = ServeOptions.Read(context, ModelPlaces.Of(context, entries));
        ServerOptions.NoticeUnused(context);
        await ModelServer.RunAsync(options, context.Console, context.Notices);
        return 0;
    }
}
