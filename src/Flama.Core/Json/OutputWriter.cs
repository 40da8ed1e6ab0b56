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
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(output);
        switch (output.Form)
        {
            case OutputForm.Single:
                Write(writer, output.First);
                break;
            case OutputForm.List:
                writer.WriteStartArray();
                for (var i = 0; i < output.Count; i++)
                {
                    Write(writer, output[i]);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                for (var i = 0; i < output.Count; i++)
                {
                    writer.WritePropertyName(output.NameOf(i)!);
                    Write(writer, output[i]);
                }

                writer.WriteEndObject();
                break;
        }
    }

    /// <summary>Writes one array.</summary>
    /// <param name="writer">The document; its formatting options hold.</param>
    /// <param name="array">The array; stays the caller's.</param>
    public static void Write(Utf8JsonWriter writer, ModelArray array)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(array);
        if (array is PredictionBatch batch)
        {
            PredictionWriter.Write(writer, batch);
        }
        else
        {
            TensorWriter.Write(writer, (ModelTensor)array);
        }
    }
}
