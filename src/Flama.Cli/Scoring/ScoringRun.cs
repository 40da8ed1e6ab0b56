using System.Buffers;
using System.Text.Json;
using Flama.Cli.Commands;
using Flama.Cli.Input;
using Flama.Cli.Output;
using Flama.Cli.Settings;
using Flama.Json;

namespace Flama.Cli.Scoring;

/// <summary>One run of a model's method over an input.</summary>
internal sealed class ScoringRun(ScoringOptions options, CommandContext context, Model model, ModelMethod method)
{
    private readonly TableSpec signature = (TableSpec)method.Input;

    /// <summary>Reads the rows and writes the results.</summary>
    /// <exception cref="FlamaException">The input, a row or the output fails.</exception>
    public void Execute(InputBuffer input, ResultFile target)
    {
        var format = options.Input ?? RowSources.OfContent(input, signature);
        if (options.HasHeader is not null && format != RowsFormat.Csv)
        {
            throw context.UsageError(
                $"{ModelSettings.InputHeader.Name} is for CSV, and the rows are {format.ToString().ToLowerInvariant()}.",
                $"Leave it out, or write {ModelSettings.InputFormat.Name} {ModelSettings.Csv}.");
        }

        if (format == RowsFormat.Json && IsForOnePiece(input))
        {
            ExecuteWhole(input, target);
        }
        else
        {
            CheckByRow();
            ExecuteByRow(input, format, target);
        }
    }

    // A small list, and what is no list, is read as one document: then nothing is written when one row is bad.
    private bool IsForOnePiece(InputBuffer input)
    {
        if (method.OutputForm != OutputForm.Single || !RowSources.IsList(input))
        {
            if (options is not { BadRows: BadRowPolicy.Stop, Output: RowsFormat.Json })
            {
                CheckByRow();
                throw context.UsageError(
                    $"{ModelSettings.OnError.Name} and {ModelSettings.OutputFormat.Name} need the rows one by one, and the input is no list.",
                    "Give the rows as a JSON list, NDJSON or CSV.");
            }

            return true;
        }

        input.FillTo(RowSources.SmallInput);
        return options is { BadRows: BadRowPolicy.Stop, Output: RowsFormat.Json } && input.IsComplete;
    }

    private void ExecuteWhole(InputBuffer input, ResultFile target)
    {
        var json = input.ReadToEnd();
        using var rows = new FeatureReader(signature).ReadRows(FlatRows.Wrap(json, signature).Span);
        using var results = method.Invoke(rows, new InvokeOptions(Environment.ProcessorCount));
        ArrayBufferWriter<byte> compact = new();
        using (var writer = new Utf8JsonWriter(compact, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, results);
        }

        ArrayBufferWriter<byte> output = new(compact.WrittenCount + (compact.WrittenCount / 4) + 16);
        PythonLayout.Write(compact.WrittenSpan, options.IsPretty, output);
        target.Write(output.WrittenSpan);
    }

    private void ExecuteByRow(InputBuffer input, RowsFormat format, ResultFile target)
    {
        using var source = RowSources.Open(format, input, signature, options.HasHeader);
        using var stream = target.Open();
        var output = ResultWriter.Of(options.Output, stream, options.IsPretty, ResultColumns.Of(model, method));
        BadRows badRows = new(options.BadRows, source.PlaceName, context.Console.Error);
        ScoringProgress progress = new(context.Console.IsErrorTerminal ? context.Console.Error : null, TimeProvider.System);
        try
        {
            var rows = new RowScorer(method, signature, output, badRows).Run(source, progress);
            output.End();
            progress.End(rows);
            badRows.Summarize(rows);
        }
        catch
        {
            progress.Clear();
            throw;
        }
    }

    private void CheckByRow()
    {
        if (method.OutputForm != OutputForm.Single)
        {
            throw context.UsageError(
                $"'{method.Name}' of this model answers with one list an output, not with one result a row.",
                $"Give the rows as one JSON list, and leave {ModelSettings.OutputFormat.Name} and {ModelSettings.OnError.Name} out.");
        }
    }
}
