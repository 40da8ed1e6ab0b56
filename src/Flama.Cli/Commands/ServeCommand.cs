using Flama.Cli.Configuration;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama serve MODEL</c>: serves a model file over HTTP.</summary>
internal sealed class ServeCommand() : CliCommand("serve", "Serves model files over HTTP.")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "GET of a model's path shows its metadata; POST of {path}predict/ and of the model's other methods answers for rows "
        + "of input. Models are loaded before the server listens; Ctrl+C stops it after the requests at hand.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama serve churn.flm",
        "  flama serve churn.flm --model-url /churn/ --model-name churn --server-port 0",
        "  flama serve --model file=churn.flm,url=/churn/ --model file=xor.flm,name=xor",
        "  flama serve --model @models.yaml",
        "  flama serve https://models.example.org/churn.flm",
        "  flama serve --repository models --repository-memory 2000000000",
        "  FLAMA_MODEL_PATH=churn.flm FLAMA_SERVER_HOST=0.0.0.0 flama serve",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Positional.Model];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [.. ConfigKeys.Groups, new("Configuration", [ConfigSettings.Explain])];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        context.AddFiles(configuration: null);
        var plan = ServerPlan.Read(context);
        if (context.Values.Get(ConfigSettings.Explain))
        {
            return ConfigReport.Write(context, plan);
        }

        if (plan.Models.Count == 0 && plan.Repository is null)
        {
            throw context.UsageError("No MODEL was given.", "Write: flama serve MODEL, or set FLAMA_MODEL_PATH.");
        }

        await ModelServer.RunAsync(plan, context);
        return 0;
    }
}
