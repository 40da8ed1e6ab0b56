using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama model MODEL COMMAND</c>: asks a model file without a server.</summary>
/// <remarks>The model decides what can be asked, so that COMMAND is an argument rather than a fixed list.</remarks>
internal sealed class ModelCommand() : CliCommand("model", "Asks a model file without a server.")
{
    private static readonly Positional Question =
        new("COMMAND", "What to ask: inspect, verify, or a method of the model such as predict, predict_proba or transform.")
        {
            Words = [ModelInspectCommand.Word, "predict", "predict_proba", "transform", ModelVerifyCommand.Word],
        };

    private static readonly Positional Files = new("FILE", "The rows, as --file names them; or images, for a model that takes these.") { IsOptional = true, IsRepeated = true, IsFile = true };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "'inspect' shows the model's metadata, 'verify' compares its answers with stored ones. Every other command is a method that the model "
        + "has; an unknown one is answered with the list of them. 'run' is predict, 'stream' is predict with one result per line. Rows come as "
        + "JSON, NDJSON or CSV, results go out as a JSON list unless told otherwise, so that models chain with pipes.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama model churn.flm inspect --pretty",
        "  flama model xor.flm predict --file rows.json --output answers.json",
        "  echo '[[0, 1], [1, 1]]' | flama model xor.flm predict_proba",
        "  flama model churn.flm predict -f customers.csv -o answers.csv --on-error skip",
        "  flama model resnet.flm predict photo.jpg",
        "  flama model scale.pkl transform -f rows.json | flama model xor.flm predict",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Positional.Model, Question, Files];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups =>
    [
        new("Options", [ModelSettings.File, ModelSettings.Output, ModelSettings.Key, ModelSettings.Pretty, .. ModelSettings.Checks]),
        ModelSettings.Rows,
        new("Comparing", [ModelSettings.Tolerance]),
    ];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <inheritdoc/>
    public override CliCommand HelpTarget(CommandContext context) => Locate(context).Action is { } action ? Of(action) : this;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context) => Locate(context) switch
    {
        (null, var action, _) => throw context.UsageError("No MODEL was given.", $"Write: flama model MODEL {action ?? "COMMAND"}"),
        (var path, null, _) => throw context.UsageError(
            $"No COMMAND was given for '{path}'.", "Write inspect, predict or another method of the model after it. See: flama model --help"),
        (_, ModelInspectCommand.Word or ModelVerifyCommand.Word, [var file, ..]) => throw context.UsageError(
            $"'{file}' is one argument too many.", $"See: flama model MODEL {Locate(context).Action} --help"),
        (_, var action, _) => Of(action).RunAsync(context),
    };

    /// <summary>The model file.</summary>
    public static string PathOf(CommandContext context) => Locate(context).Model!;

    /// <summary>The files of rows or images behind the command.</summary>
    public static IReadOnlyList<string> FilesOf(CommandContext context) => Locate(context).Files;

    private static CliCommand Of(string action) => action switch
    {
        ModelInspectCommand.Word => new ModelInspectCommand(),
        ModelVerifyCommand.Word => new ModelVerifyCommand(),
        _ => new ModelMethodCommand(action),
    };

    // With the model in the environment a single argument is the command, unless it is a file: then the command was forgotten. Files may follow it.
    private static (string? Model, string? Action, IReadOnlyList<string> Files) Locate(CommandContext context)
    {
        var given = context.Line.Positionals;
        return given.Count > 0 && context.Values.FromEnvironment(Positional.Model) is { } variable && !File.Exists(given[0]) && given.Skip(1).All(File.Exists)
            ? (variable, given[0], [.. given.Skip(1)])
            : (context.Values.Get(Positional.Model), context.Values.Get(Question), [.. given.Skip(2)]);
    }
}
