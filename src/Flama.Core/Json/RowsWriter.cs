using System.Text.Json;

namespace Flama.Json;

/// <summary>Writes rows as the <c>input</c> of a request has them: a list of lists by position, of texts for a model of documents, or of objects for one of dictionaries.</summary>
public static class RowsWriter
{
    // Whole numbers up to 2^53 are exact.
    private const double LargestWhole = 9007199254740992;

    /// <summary>Writes the rows as one value of a document that the caller writes. Missing cells are null.</summary>
    /// <param name="writer">The document.</param>
    /// <param name="rows">The rows; stay the caller's.</param>
    /// <param name="form">What one row looks like.</param>
    /// <exception cref="ArgumentException">A cell is infinite, which JSON cannot say.</exception>
    public static void Write(Utf8JsonWriter writer, FeatureBatch rows, RowForm form)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(rows);
        writer.WriteStartArray();
        WriteRows(writer, rows, form);
        writer.WriteEndArray();
    }

    /// <summary>Writes the rows as elements of a list that the caller opens and closes.</summary>
    internal static void WriteRows(Utf8JsonWriter writer, FeatureBatch rows, RowForm form)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            if (form == RowForm.Document)
            {
                WriteCell(writer, rows.Row(row)[0], rows.TextAt(row, 0));
                continue;
            }

            if (form == RowForm.Record && rows.ColumnNames is { } names)
            {
                WriteRecord(writer, rows, row, names);
                continue;
            }

            writer.WriteStartArray();
            for (var column = 0; column < rows.Columns; column++)
            {
                WriteCell(writer, rows.Row(row)[column], rows.TextAt(row, column));
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteRecord(Utf8JsonWriter writer, FeatureBatch rows, int row, IReadOnlyList<string> names)
    {
        writer.WriteStartObject();
        for (var column = 0; column < rows.Columns; column++)
        {
            writer.WritePropertyName(names[column]);
            WriteCell(writer, rows.Row(row)[column], rows.TextAt(row, column));
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes one cell.</summary>
    internal static void WriteCell(Utf8JsonWriter writer, double number, string? text)
    {
        if (text is not null)
        {
            writer.WriteStringValue(text);
        }
        else if (double.IsNaN(number))
        {
            writer.WriteNullValue();
        }
        else if (Math.Abs(number) <= LargestWhole && number == Math.Floor(number) && !(number == 0 && double.IsNegative(number)))
        {
            writer.WriteNumberValue((long)number);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }
}
