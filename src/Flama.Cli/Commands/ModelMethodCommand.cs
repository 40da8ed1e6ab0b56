using Flama.Cli.Input;
using Flama.Cli.Models;
using Flama.Cli.Output;
using Flama.Cli.Scoring;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama model MODEL predict</c>, or any other method that the model has: rows in, a list of results out.</summary>
internal sealed class ModelMethodCommand(string method) : CommandDescription
{
    /// <inheritdoc/>
    public override string Name => $"model MODEL {method}";

    /// <inheritdoc/>
    public override string Summary => $"Runs the model's {method} for rows of input.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Description =>
    [
        "Reads rows as a JSON list, [[…], […]], each a list of values in the order of training or an object by feature name; as one such row "
        + "a line (NDJSON); or as CSV, by position or by the names in a header. Writes one result a row in the same order, as a JSON list "
        + "unless told otherwise. Any number of rows passes through a bounded amount of memory; a file appears when it is complete.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        $"  flama model MODEL {method} --file rows.json --output results.json",
        $"  echo '[[0, 1], [1, 1]]' | flama model MODEL {method}",
        $"  flama model MODEL {method} -f rows.csv -o results.csv --on-error null",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups { get; } =
        [new("Options", [ModelSettings.File, ModelSettings.Output, ModelSettings.Pretty]), ModelSettings.Rows];

    /// <summary>Runs the command.</summary>
    /// <param name="context">Settings and streams.</param>
    /// <param name="path">The model file.</param>
    /// <param name="name">The method.</param>
    public static int Run(CommandContext context, string path, string name)
    {
        var options = ScoringOptions.Read(context);
        var target = ResultFile.At(context.Values.Get(ModelSettings.Output), context.Console);
        using var package = ModelFile.Open(path);
        using var model = InstalledEngines.AddTo(new ModelEngines()).Load(package.ReadModel());
        var chosen = model.GetMethod(name);
        foreach (var warning in model.Warnings)
        {
            context.Console.Error.WriteLine($"Warning: {Errors.FailureText.OneLine(warning)}");
        }

        using var input = RowsInput.Open(context.Values.Get(ModelSettings.File), context.Console);
        new ScoringRun(options, context, model, chosen).Execute(input, target);
        return 0;
    }
}
