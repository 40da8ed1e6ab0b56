using System.Text.Json;

namespace Flama.Json;

/// <summary>Writes what a method answered as the nested lists that Python's <c>tolist()</c> gives.</summary>
/// <remarks>
/// Floats are the shortest digits that read back as the same float64 and always show that they are floats (<c>1.0</c>, <c>1e-08</c>);
/// integers are whole, booleans <c>true</c> and <c>false</c>, labels themselves. NaN and infinities, which JSON does not have, become
/// <c>null</c>. An answer of several arrays is a list or an object of them. Nothing is allocated per value. Thread-safe.
/// </remarks>
public static class OutputWriter
{
    /// <summary>Writes the answer as one value of a document that the caller writes.</summary>
    /// <param name="writer">The document; its formatting options hold.</param>
    /// <param name="output">The answer; stays the caller's.</param>
    public static void Write(Utf8JsonWriter writer, ModelOutput output)
    {
        OutputPosition position = default;
        while (!WritePart(writer, output, ref position, int.MaxValue))
        {
            // An answer of more values than that.
        }
    }

    /// <summary>Writes the next part of the answer, so that a large one need not be in memory as text.</summary>
    /// <param name="writer">The document, which the caller writes and may flush between the parts; its formatting options hold.</param>
    /// <param name="output">The answer; stays the caller's.</param>
    /// <param name="position">Where the part begins; where the next one does afterwards.</param>
    /// <param name="values">About how many values to write, 1 or more; a row is never divided.</param>
    /// <returns>Whether the answer is complete.</returns>
    public static bool WritePart(Utf8JsonWriter writer, ModelOutput output, ref OutputPosition position, int values)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(values, 1);
        if (!position.IsOpen)
        {
            position.IsOpen = true;
            Open(writer, output.Form);
        }

        long left = values;
        for (; position.Arrays < output.Count; position.Arrays++)
        {
            if (left <= 0)
            {
                return false;
            }

            if (output.Form == OutputForm.Named && !position.IsArrayOpen)
            {
                writer.WritePropertyName(output.NameOf(position.Arrays)!);
            }

            if (!WriteRows(writer, output[position.Arrays], ref position, ref left))
            {
                return false;
            }
        }

        Close(writer, output.Form);
        return true;
    }

    /// <summary>Writes one array.</summary>
    /// <param name="writer">The document; its formatting options hold.</param>
    /// <param name="array">The array; stays the caller's.</param>
    public static void Write(Utf8JsonWriter writer, ModelArray array)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(array);
        OutputPosition position = default;
        var left = long.MaxValue;
        WriteRows(writer, array, ref position, ref left);
    }

    private static void Open(Utf8JsonWriter writer, OutputForm form)
    {
        if (form == OutputForm.List)
        {
            writer.WriteStartArray();
        }
        else if (form == OutputForm.Named)
        {
            writer.WriteStartObject();
        }
    }

    private static void Close(Utf8JsonWriter writer, OutputForm form)
    {
        if (form == OutputForm.List)
        {
            writer.WriteEndArray();
        }
        else if (form == OutputForm.Named)
        {
            writer.WriteEndObject();
        }
    }

    // Writes rows of one array; true when the array is complete.
    private static bool WriteRows(Utf8JsonWriter writer, ModelArray array, ref OutputPosition position, ref long left)
    {
        if (array is not PredictionBatch && (array is not ModelTensor tensor || tensor.Shape.Count == 0))
        {
            TensorWriter.Write(writer, array);
            left--;
            return true;
        }

        var (count, width) = array is PredictionBatch batch ? (batch.Rows, batch.Width) : SizeOf((ModelTensor)array);
        if (!position.IsArrayOpen)
        {
            writer.WriteStartArray();
            position.IsArrayOpen = true;
        }

        var rows = Math.Min(count - position.Rows, Math.Max(1, left / Math.Max(1, width)));
        if (array is PredictionBatch predictions)
        {
            PredictionWriter.Write(writer, predictions, (int)position.Rows, (int)rows);
        }
        else
        {
            TensorWriter.Write(writer, (ModelTensor)array, position.Rows, rows);
        }

        position.Rows += rows;
        left -= rows * Math.Max(1, width);
        if (position.Rows < count)
        {
            return false;
        }

        writer.WriteEndArray();
        position.Rows = 0;
        position.IsArrayOpen = false;
        return true;
    }

    private static (long Rows, long Width) SizeOf(ModelTensor tensor) => (tensor.Shape[0], tensor.Shape[0] == 0 ? 0 : tensor.Count / tensor.Shape[0]);
}
