using System.Buffers;
using System.Text.Json;
using Flama.Json;

namespace Flama.Scoring;

/// <summary>Reads a table of rows with their answers: once for the rows, as the model takes them, and once for the answers.</summary>
internal static class CsvCases
{
    public static async Task<ModelCase> ReadAsync(Stream csv, ModelMethod method, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (method.Input is not TableSpec spec)
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"'{method.Name}' of this model does not take rows, so that its cases cannot be in CSV.", "Write them in JSON.");
        }

        using MemoryStream copy = new();
        await csv.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        var type = method.Outputs[0].Type;
        TableSpec answers = new([.. columns.Select(column => new Feature(type == ElementType.String ? FeatureKind.Text : FeatureKind.Any) { Name = column, AllowsMissing = true })])
        {
            SelectsByName = true,
        };
        var input = await ReadAsync(copy, spec, columns, (writer, rows) => RowsWriter.WriteRows(writer, rows, spec.RowForm), cancellationToken).ConfigureAwait(false);
        var output = await ReadAsync(copy, answers, [], (writer, rows) => WriteAnswers(writer, rows, type), cancellationToken).ConfigureAwait(false);
        return new(method.Name, input, output);
    }

    private static async Task<JsonElement> ReadAsync(
        MemoryStream csv, TableSpec spec, IReadOnlyList<string> dropped, Action<Utf8JsonWriter, FeatureBatch> write, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> text = new();
        await using Utf8JsonWriter writer = new(text, JsonOutput.Compact);
        writer.WriteStartArray();
        TableMethod observing = new(ModelMethod.Predict, spec, [OutputSpec.OfRows(PredictionKind.Float)], (FeatureBatch rows, in InvokeOptions _) =>
        {
            write(writer, rows);
            return ModelOutput.Of(PredictionBatch.RentVector(PredictionKind.Float, rows.Rows));
        });
        csv.Position = 0;

        // One thread, so that rows come in their order.
        ScoringOptions options = new() { InputFormat = RowsFormat.Csv, HasHeader = true, DropColumns = dropped, OutputFormat = RowsFormat.NdJson, MaxDegreeOfParallelism = 1, InputName = "the table of cases" };
        await BulkScoring.RunAsync(observing, csv, Stream.Null, options, cancellationToken: cancellationToken).ConfigureAwait(false);
        writer.WriteEndArray();
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        using var document = JsonDocument.Parse(text.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void WriteAnswers(Utf8JsonWriter writer, FeatureBatch rows, ElementType type)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            if (rows.Columns > 1)
            {
                writer.WriteStartArray();
            }

            for (var column = 0; column < rows.Columns; column++)
            {
                var number = rows.Row(row)[column];
                if (type == ElementType.Boolean && rows.TextAt(row, column) is null && number is 0 or 1)
                {
                    writer.WriteBooleanValue(number == 1);
                }
                else
                {
                    RowsWriter.WriteCell(writer, number, rows.TextAt(row, column));
                }
            }

            if (rows.Columns > 1)
            {
                writer.WriteEndArray();
            }
        }
    }
}
