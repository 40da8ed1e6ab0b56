using Flama.Cli.Models;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama model MODEL inspect</c>: shows the metadata and the artifacts of a package.</summary>
internal sealed class ModelInspectCommand() : CliCommand(Word, "Shows the metadata and the artifacts of a package.")
{
    /// <summary>The word on the command line.</summary>
    public const string Word = "inspect";

    /// <inheritdoc/>
    public override string Usage => $"model MODEL {Word}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Writes a JSON object: in 'meta' the id, the time of packaging, the framework and its version, the model's class, parameters and "
        + "metrics, and what else was stored; in 'artifacts' the files that came with the model. The model itself is not loaded.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama model churn.flm inspect",
        "  flama model churn.flm inspect --pretty --output churn.json",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [new("Options", [ModelSettings.Output, ModelSettings.Key, ModelSettings.Pretty])];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        if (context.Values.IsOnCommandLine(ModelSettings.File))
        {
            throw context.UsageError($"'{Word}' takes no rows, so no {ModelSettings.File.Name}.", $"See: flama model MODEL {Word} --help");
        }

        InspectCommand.Show(context, await ModelFile.BringAsync(context, ModelCommand.PathOf(context)));
        return 0;
    }
}
