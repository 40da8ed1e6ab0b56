using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama serve MODEL</c>: serves a model file over HTTP.</summary>
internal sealed class ServeCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "serve";

    /// <inheritdoc/>
    public override string Summary => "Serves a model file over HTTP.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Description =>
    [
        "GET of the model's path shows what the package says of it; POST of {path}predict/ and of the model's other methods answers for rows "
        + "of input. The model is loaded before the server listens; Ctrl+C stops it after the requests at hand.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama serve churn.flm",
        "  flama serve churn.flm --model-url /churn/ --model-name churn --server-port 0",
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
            context.AddVariables(EnvironmentFile.Read(file));
        }

        var path = context.Values.Get(Positional.Model, index: 0)
            ?? throw context.UsageError("No MODEL was given.", "Write: flama serve MODEL, or set FLAMA_MODEL_PATH.");
        await ModelServer.RunAsync(ServeOptions.Read(context, path), context.Console, ServerOptions.Unused(context));
        return 0;
    }
}
