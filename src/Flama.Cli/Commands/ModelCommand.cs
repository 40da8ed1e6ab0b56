using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama model MODEL COMMAND</c>: asks a model file without a server.</summary>
/// <remarks>What can be asked is for the model to say, so that COMMAND is an argument rather than a fixed list.</remarks>
internal sealed class ModelCommand : CliCommand
{
    private static readonly Positional Action =
        new("COMMAND", "What to ask: inspect, verify, or a method of the model such as predict, predict_proba or transform.");

    /// <inheritdoc/>
    public override string Name => "model";

    /// <inheritdoc/>
    public override string Summary => "Asks a model file without a server.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Description =>
    [
        "'inspect' shows what the package says of the model, 'verify' compares its answers with stored ones. Every other command is a method "
        + "that the model has; an unknown one is answered with the list of them. Rows come as JSON, NDJSON or CSV, results go out as a JSON "
        + "list unless told otherwise, so that models chain with pipes.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama model churn.flm inspect --pretty",
        "  flama model xor.flm predict --file rows.json --output answers.json",
        "  echo '[[0, 1], [1, 1]]' | flama model xor.flm predict_proba",
        "  flama model churn.flm predict -f customers.csv -o answers.csv --on-error skip",
        "  flama model scale.pkl transform -f rows.json | flama model xor.flm predict",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Positional.Model, Action];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups { get; } =
    [
        new("Options", [ModelSettings.File, ModelSettings.Output, ModelSettings.Pretty]),
        ModelSettings.Rows,
        new("Comparing", [ModelSettings.Tolerance]),
    ];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <inheritdoc/>
    public override CommandDescription HelpTarget(CommandContext context) => Locate(context).Action switch
    {
        null => this,
        ModelInspectCommand.Word => new ModelInspectCommand(),
        ModelVerifyCommand.Word => new ModelVerifyCommand(),
        var method => new ModelMethodCommand(method),
    };

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context)
    {
        var (path, action) = Locate(context);
        return (path, action) switch
        {
            (null, _) => throw context.UsageError("No MODEL was given.", $"Write: flama model MODEL {action ?? "COMMAND"}"),
            (_, null) => throw context.UsageError(
                $"No COMMAND was given for '{path}'.", "Write inspect, predict or another method of the model after it. See: flama model --help"),
            (_, ModelInspectCommand.Word) => Task.FromResult(ModelInspectCommand.Run(context, path)),
            (_, ModelVerifyCommand.Word) => Task.FromResult(ModelVerifyCommand.Run(context, path)),
            _ => Task.FromResult(ModelMethodCommand.Run(context, path, action)),
        };
    }

    // With the model in the environment a single argument is the command, unless it is a file: then the command was forgotten.
    private static (string? Model, string? Action) Locate(CommandContext context)
    {
        var given = context.Line.Positionals;
        if (given.Count == 1 && context.Values.FromEnvironment(Positional.Model) is { } variable && !File.Exists(given[0]))
        {
            return (variable, given[0]);
        }

        return (context.Values.Get(Positional.Model, index: 0), context.Values.Get(Action, index: 1));
    }
}
