using System.Text.Json;

namespace Flama.Json;

/// <summary>Writes a <see cref="PredictionBatch"/> as the nested lists that Python's <c>tolist()</c> gives.</summary>
/// <remarks>
/// Floats are the shortest digits that read back as the same value and always show that they are floats (<c>1.0</c>, <c>1e-08</c>);
/// integers are whole, booleans <c>true</c> and <c>false</c>, labels themselves. NaN and infinities, which JSON cannot say, become
/// <c>null</c>. An answer of several parts is a list of them. Nothing is allocated for a value. Thread-safe.
/// </remarks>
public static class PredictionWriter
{
    /// <summary>Writes the answer as one value of a document that the caller writes.</summary>
    /// <param name="writer">The document; its formatting options hold.</param>
    /// <param name="predictions">The answer; stays the caller's.</param>
    public static void Write(Utf8JsonWriter writer, PredictionBatch predictions)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(predictions);
        writer.WriteStartArray();
        if (predictions.Parts.Count > 0)
        {
            foreach (var part in predictions.Parts)
            {
                Write(writer, part);
            }
        }
        else
        {
            for (var row = 0; row < predictions.Rows; row++)
            {
                var index = row * predictions.Width;
                WriteRow(writer, predictions, 0, ref index);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter writer, PredictionBatch predictions, int dimension, ref int index)
    {
        if (dimension == predictions.RowShape.Count)
        {
            WriteValue(writer, predictions, index++);
            return;
        }

        writer.WriteStartArray();
        for (var i = 0; i < predictions.RowShape[dimension]; i++)
        {
            WriteRow(writer, predictions, dimension + 1, ref index);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, PredictionBatch predictions, int index)
    {
        var value = predictions.Values[index];
        if (predictions.Kind == PredictionKind.Mixed && predictions.Texts[index] is { } text)
        {
            writer.WriteStringValue(text);
        }
        else if (!double.IsFinite(value))
        {
            writer.WriteNullValue();
        }
        else
        {
            switch (predictions.Kind)
            {
                case PredictionKind.Integer:
                    writer.WriteNumberValue((long)value);
                    break;
                case PredictionKind.Boolean:
                    writer.WriteBooleanValue(value != 0);
                    break;
                case PredictionKind.Label:
                    predictions.LabelsOf(index % predictions.Width).WriteTo(writer, (int)value);
                    break;
                default:
                    PythonNumber.Write(writer, value);
                    break;
            }
        }
    }
}
