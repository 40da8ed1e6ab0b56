using System.Buffers;
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

    /// <summary>Writes the answer compactly, straight into a buffer: the same bytes as through a compact writer, in less time.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="predictions">The answer; stays the caller's.</param>
    public static void Write(IBufferWriter<byte> output, PredictionBatch predictions)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(predictions);
        var cursor = new Utf8Cursor(output);
        WriteCompact(ref cursor, output, predictions);
        cursor.Flush();
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
                    predictions.LabelsOf(Column(predictions, index)).WriteTo(writer, (int)value);
                    break;
                default:
                    PythonNumber.Write(writer, value);
                    break;
            }
        }
    }

    private static void WriteCompact(ref Utf8Cursor cursor, IBufferWriter<byte> output, PredictionBatch predictions)
    {
        if (predictions.Kind == PredictionKind.Mixed && predictions.Parts.Count == 0)
        {
            // Strings need escaping, which the document writer knows.
            cursor.Flush();
            using var writer = new Utf8JsonWriter(output, JsonOutput.Compact);
            Write(writer, predictions);
            return;
        }

        cursor.Byte((byte)'[');
        for (var part = 0; part < predictions.Parts.Count; part++)
        {
            Separate(ref cursor, part);
            WriteCompact(ref cursor, output, predictions.Parts[part]);
        }

        for (var row = 0; predictions.Parts.Count == 0 && row < predictions.Rows; row++)
        {
            Separate(ref cursor, row);
            var index = row * predictions.Width;
            WriteCompactRow(ref cursor, predictions, 0, ref index);
        }

        cursor.Byte((byte)']');
    }

    private static void WriteCompactRow(ref Utf8Cursor cursor, PredictionBatch predictions, int dimension, ref int index)
    {
        if (dimension == predictions.RowShape.Count)
        {
            WriteCompactValue(ref cursor, predictions, index++);
            return;
        }

        cursor.Byte((byte)'[');
        for (var i = 0; i < predictions.RowShape[dimension]; i++)
        {
            Separate(ref cursor, i);
            WriteCompactRow(ref cursor, predictions, dimension + 1, ref index);
        }

        cursor.Byte((byte)']');
    }

    private static void WriteCompactValue(ref Utf8Cursor cursor, PredictionBatch predictions, int index)
    {
        var value = predictions.Values[index];
        switch (predictions.Kind)
        {
            case PredictionKind.Float:
                cursor.Float(value);
                break;
            case var _ when !double.IsFinite(value):
                cursor.Raw("null"u8);
                break;
            case PredictionKind.Integer:
                cursor.Integer((long)value);
                break;
            case PredictionKind.Boolean:
                cursor.Raw(value != 0 ? "true"u8 : "false"u8);
                break;
            default:
                cursor.Raw(predictions.LabelsOf(Column(predictions, index)).JsonOf((int)value));
                break;
        }
    }

    private static int Column(PredictionBatch predictions, int index) => index % predictions.Width;

    private static void Separate(ref Utf8Cursor cursor, int index)
    {
        if (index > 0)
        {
            cursor.Byte((byte)',');
        }
    }
}
