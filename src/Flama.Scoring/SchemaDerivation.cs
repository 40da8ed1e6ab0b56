using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Flama.Json;
using Flama.Schemas;

namespace Flama.Scoring;

/// <summary>Derives the schema of a model's rows from rows that are as they should be, such as those of its training.</summary>
/// <example>
/// <code>
/// await using var rows = File.OpenRead("train.csv");
/// var schema = await SchemaDerivation.RunAsync(model.GetMethod("predict"), rows, new() { DropColumns = ["Exited"] });
/// await File.WriteAllBytesAsync("schema.json", schema.ToArray());
/// </code>
/// </example>
public static class SchemaDerivation
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Reads rows as <see cref="BulkScoring"/> does and writes a JSON Schema that all of them are valid by; see <see cref="ModelSchema"/>.</summary>
    /// <remarks>
    /// Numbers get the smallest and the largest that there were, 0 and 1 alone these two; texts get their values where there are few of them, else their lengths; null is allowed where
    /// a cell was missing. It is a draft for one who knows the data. Memory does not grow with the rows.
    /// </remarks>
    /// <param name="method">A method that takes rows of known features.</param>
    /// <param name="input">The rows; read to its end and left open.</param>
    /// <param name="options">Formats and what happens to bad rows; null for the defaults. What is about results is not looked at.</param>
    /// <param name="margin">By which share of their range numbers may lie outside of it, 0 or more.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The schema, UTF-8, indented.</returns>
    /// <exception cref="FlamaException">The method takes something else, or the rows are bad.</exception>
    public static async Task<ReadOnlyMemory<byte>> RunAsync(
        ModelMethod method, Stream input, ScoringOptions? options = null, double margin = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        if (method.Input is not TableSpec { HasKnownFeatures: true, RowForm: RowForm.Cells or RowForm.Document } spec)
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"'{method.Name}' of this model does not take rows of known features.", "Write a schema by hand.");
        }

        var columns = spec.Features.Select(_ => new ColumnSummary()).ToArray();
        TableMethod observing = new(method.Name, spec, [OutputSpec.OfRows(PredictionKind.Float)], (FeatureBatch rows, in InvokeOptions _) => Observe(rows, columns));
        options = (options ?? new()) with { OutputFormat = RowsFormat.NdJson, Indented = false };
        var result = await BulkScoring.RunAsync(observing, input, Stream.Null, options, cancellationToken: cancellationToken).ConfigureAwait(false);
        return Write(spec, columns, result.Rows - result.BadRows, margin, options.InputName);
    }

    private static ModelOutput Observe(FeatureBatch rows, ColumnSummary[] columns)
    {
        // Chunks come from several threads.
        lock (columns)
        {
            for (var row = 0; row < rows.Rows; row++)
            {
                for (var column = 0; column < columns.Length; column++)
                {
                    columns[column].Add(rows.Row(row)[column], rows.TextAt(row, column));
                }
            }
        }

        return ModelOutput.Of(PredictionBatch.RentVector(PredictionKind.Float, rows.Rows));
    }

    private static ReadOnlyMemory<byte> Write(TableSpec spec, ColumnSummary[] columns, long rows, double margin, string source)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter writer = new(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JsonOutput.Encoder });
        writer.WriteStartObject();
        writer.WriteString("$schema", Dialect);
        writer.WriteString("description", string.Create(CultureInfo.InvariantCulture, $"Derived from {rows} rows of {SafeText.OneLine(Path.GetFileName(source.Trim('\'')), 100)}."));
        if (spec.HasNames && spec.RowForm == RowForm.Cells)
        {
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            foreach (var (index, feature) in spec.Features.Index().Where(feature => feature.Item.IsUsed))
            {
                writer.WriteStartObject(feature.Name!);
                columns[index].ToRule(margin).WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("type", "array");
            writer.WriteStartArray("prefixItems");
            foreach (var (index, feature) in spec.Features.Index())
            {
                writer.WriteStartObject();
                (feature.IsUsed ? columns[index].ToRule(margin) : new FeatureRule()).WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n"u8);
        return output.WrittenMemory;
    }
}
