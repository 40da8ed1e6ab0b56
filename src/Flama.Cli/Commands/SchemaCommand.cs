using Flama.Cli.Input;
using Flama.Cli.Models;
using Flama.Cli.Output;
using Flama.Cli.Scoring;
using Flama.Cli.Settings;
using Flama.Scoring;

namespace Flama.Cli.Commands;

/// <summary><c>flama schema derive DATA --model MODEL</c>: derives the schema of a model's rows from rows that are as they should be.</summary>
internal sealed class SchemaCommand() : CliCommand("schema", "Derives the schema of a model's rows from data.")
{
    private const string DeriveWord = "derive", Example = "Write: flama schema derive DATA --model MODEL";

    private static readonly Positional What = new("ACTION", "What to do: derive.") { Words = [DeriveWord] };

    private static readonly Positional Data = new("DATA", "The rows, such as those of the training: CSV, JSON, NDJSON, Parquet or Arrow; - means standard input.") { IsFile = true };

    private static readonly Setting<string?> Model = new("--model", Kinds.File("MODEL"), null, "The model file.");

    private static readonly Setting<double> Margin =
        new("--margin", Kinds.Amount("SHARE"), 0, "By which share of their range numbers may lie outside of it.");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Writes a JSON Schema by which all of the rows are valid: the smallest and the largest number, the texts where there are few of them, lengths where there are many, and null "
        + "where a cell was missing. It is a draft: look it through, then serve the model with --model-schema FILE, or put it into the package: flama package MODEL --artifact schema.json=FILE",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama schema derive train.csv --model churn.flm --drop Exited -o schema.json",
        "  flama serve churn.flm --model-schema schema.json",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [What, Data];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups =>
    [
        new("Options", [Model, Margin, ModelSettings.Output, ModelSettings.Key]),
        new("Rows", [ModelSettings.InputFormat, ModelSettings.InputHeader, ModelSettings.InputEncoding, ModelSettings.Drop]),
    ];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        if (context.Values.Get(What) is var action and not DeriveWord)
        {
            throw context.UsageError($"ACTION is '{action}', expected {DeriveWord}.");
        }

        var path = context.Values.Get(Data) ?? throw context.UsageError("No DATA was given.", Example);
        var file = context.Values.Get(Model) ?? throw context.UsageError("No --model was given.", Example);
        var error = context.Console.Error;
        BadRowWarnings warnings = new(error);
        var options = ScoringSettings.Read(context) with
        {
            InputName = RowsInput.NameOf(path),
            InputFormat = ScoringSettings.InputFormatOf(context, path),
            OutputFormat = RowsFormat.NdJson,
            OnWarning = warnings.Warn,
        };
        var target = ResultFile.At(context.Values.Get(ModelSettings.Output), context.Console);
        using var package = ModelFile.Open(await ModelFile.BringAsync(context, file));
        using var model = context.Engines.Load(package.ReadModel(), new LoadOptions { ModelKey = context.Values.Get(ModelSettings.Key), Validation = Schemas.ValidationMode.Off });
        using var input = RowsInput.Open(path, context.Console);
        var method = model.FindMethod(ModelMethod.Predict) ?? (model.Methods is [var first, ..] ? first : model.GetMethod(ModelMethod.Predict));
        target.Write((await SchemaDerivation.RunAsync(method, input, options, context.Values.Get(Margin))).Span);
        return 0;
    }
}
