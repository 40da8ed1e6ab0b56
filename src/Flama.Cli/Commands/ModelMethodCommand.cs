using System.Buffers;
using System.Text.Json;
using Flama.Cli.Input;
using Flama.Cli.Models;
using Flama.Cli.Output;
using Flama.Cli.Settings;
using Flama.Json;

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
        "Reads a JSON list of rows, [[…], […]], each a list of values in the order of training or an object by feature name; an object with "
        + "the list in 'input' will do as well. Writes a JSON list with one result a row. Nothing is written when one row is bad.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        $"  flama model MODEL {method} --file rows.json --output results.json",
        $"  echo '[[0, 1], [1, 1]]' | flama model MODEL {method}",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups { get; } =
        [new("Options", [ModelSettings.File, ModelSettings.Output, ModelSettings.Pretty])];

    /// <summary>Runs the command.</summary>
    /// <param name="context">Settings and streams.</param>
    /// <param name="path">The model file.</param>
    /// <param name="name">The method.</param>
    public static int Run(CommandContext context, string path, string name)
    {
        var target = ResultFile.At(context.Values.Get(ModelSettings.Output), context.Console);
        var isPretty = context.Values.Get(ModelSettings.Pretty);
        using var package = ModelFile.Open(path);
        using var model = InstalledEngines.AddTo(new ModelEngines()).Load(package.ReadModel());
        var chosen = model.GetMethod(name);
        foreach (var warning in model.Warnings)
        {
            context.Console.Error.WriteLine($"Warning: {Errors.FailureText.OneLine(warning)}");
        }

        var json = RowsInput.ReadAll(context.Values.Get(ModelSettings.File), context.Console);
        using var rows = new FeatureReader(model.Signature).ReadRows(FlatRows.Wrap(json, model.Signature).Span);
        using var results = chosen.Invoke(rows, Environment.ProcessorCount);
        ArrayBufferWriter<byte> compact = new();
        using (var writer = new Utf8JsonWriter(compact, JsonOutput.Compact))
        {
            PredictionWriter.Write(writer, results);
        }

        ArrayBufferWriter<byte> output = new(compact.WrittenCount + (compact.WrittenCount / 4) + 16);
        PythonLayout.Write(compact.WrittenSpan, isPretty, output);
        target.Write(output.WrittenSpan);
        return 0;
    }
}
