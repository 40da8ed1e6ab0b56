using Flama.Cli.Input;
using Flama.Cli.Models;
using Flama.Cli.Output;
using Flama.Cli.Scoring;
using Flama.Cli.Settings;
using Flama.Scoring;

namespace Flama.Cli.Commands;

/// <summary><c>flama model MODEL predict</c>, or any other method that the model has: rows in, a list of results out.</summary>
internal sealed class ModelMethodCommand(string method) : CliCommand(method, $"Runs the model's {method} for rows of input.")
{
    private const string Predict = "predict";

    // The words of Flama 2 for predict; stream answers row by row.
    private readonly bool isRun = method == "run", isStream = method == "stream";

    /// <inheritdoc/>
    public override string Usage => $"model MODEL {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Reads rows as a JSON list, [[…], […]], each a list of values in the order of training or an object by feature name; as one such row "
        + "per line (NDJSON); as CSV, by position or by the names in a header; or as a Parquet or Arrow (Feather) file, which its first bytes tell, "
        + "by the names of its columns. Writes one result per row in the same order, as a JSON list "
        + "unless told otherwise. Any number of rows passes through a bounded amount of memory; a file appears when it is complete. "
        + "A model that takes images takes PNG and JPEG files, or a JSON list of them in base64; one that takes texts takes a text a line, or JSON.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        $"  flama model MODEL {Name} --file rows.json --output results.json",
        $"  echo '[[0, 1], [1, 1]]' | flama model MODEL {Name}",
        $"  flama model MODEL {Name} -f rows.csv -o results.csv --on-error null",
        $"  flama model MODEL {Name} -f photo.jpg",
        $"  flama model MODEL {Name} -f rows.parquet -o results.csv",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups =>
        [new("Options", [ModelSettings.File, ModelSettings.Output, ModelSettings.Key, ModelSettings.Pretty, .. ModelSettings.Checks]), ModelSettings.Rows];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        var path = PathOf(context);
        var error = context.Console.Error;
        BadRowWarnings badRows = new(error);
        SchemaWarnings violations = new(error);
        var options = ScoringSettings.Read(context) with { InputName = RowsInput.NameOf(path), OnBadRow = badRows.Add, OnWarning = badRows.Warn };
        options = isStream && !context.Values.IsSet(ModelSettings.OutputFormat) ? options with { OutputFormat = RowsFormat.NdJson } : options;
        var target = ResultFile.At(context.Values.Get(ModelSettings.Output), context.Console);
        using var package = ModelFile.Open(await ModelFile.BringAsync(context, ModelCommand.PathOf(context)));
        using var model = ModelFile.Load(package, context, violations.Add);
        var chosen = model.GetMethod(isRun || isStream ? Predict : Name);
        foreach (var warning in model.Warnings)
        {
            await error.WriteLineAsync($"Warning: {SafeText.OneLine(warning)}");
        }

        ProgressBar progress = new(context.Console.IsErrorTerminal ? error : null, TimeProvider.System);
        using var input = OpenInput(context, path, chosen);
        using var output = target.Open();
        try
        {
            var result = await BulkScoring.RunAsync(chosen, input, output, options, progress);
            output.Commit();
            progress.End(result.Rows);
            badRows.Summarize(result, options.BadRows);
            violations.Summarize();
            return 0;
        }
        catch
        {
            progress.Clear();
            throw;
        }
    }

    private static string? PathOf(CommandContext context)
    {
        var (path, files) = (context.Values.Get(ModelSettings.File), ModelCommand.FilesOf(context));
        return files.Count == 0 ? path
            : path is null ? files[0]
            : throw context.UsageError($"Rows come from '{path}' by {ModelSettings.File.Name}, and '{files[0]}' was given too.", "Name the file once.");
    }

    // Several images are one list.
    private static Stream OpenInput(CommandContext context, string? path, ModelMethod method)
    {
        var files = ModelCommand.FilesOf(context);
        if (files.Count < 2)
        {
            return RowsInput.Open(path, context.Console);
        }

        return ContentInputs.Of(method.Input) == InputContent.Image
            ? ImageList.Open(files, context.Console)
            : throw context.UsageError($"'{files[1]}' is one argument too many.", "Several files are for models that take images.");
    }
}
