using System.Text.Json;

namespace Flama.Json;

/// <summary>Writes rows of a <see cref="PredictionBatch"/>, as values of an array that the caller has opened.</summary>
internal static class PredictionWriter
{
    public static void Write(Utf8JsonWriter writer, PredictionBatch predictions, int first, int count)
    {
        var cells = new Cells(predictions);
        for (var row = first; row < first + count; row++)
        {
            var index = row * predictions.Width;
            WriteRow(writer, cells, 0, ref index);
        }
    }

    private static void WriteRow(Utf8JsonWriter writer, in Cells cells, int dimension, ref int index)
    {
        if (dimension == cells.RowShape.Count)
        {
            WriteValue(writer, cells, index++);
            return;
        }

        writer.WriteStartArray();
        for (var i = 0; i < cells.RowShape[dimension]; i++)
        {
            WriteRow(writer, cells, dimension + 1, ref index);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, in Cells cells, int index)
    {
        var value = cells.Values[index];
        switch (cells.Kind)
        {
            case PredictionKind.Int64:
                writer.WriteNumberValue(BitConverter.DoubleToInt64Bits(value));
                break;
            case PredictionKind.Mixed when cells.Texts[index] is { } text:
                writer.WriteStringValue(text);
                break;
            case var _ when !double.IsFinite(value):
                writer.WriteNullValue();
                break;
            case PredictionKind.Integer:
                writer.WriteNumberValue((long)value);
                break;
            case PredictionKind.Boolean:
                writer.WriteBooleanValue(value != 0);
                break;
            case PredictionKind.Label:
                cells.Batch.LabelsOf(index % cells.Batch.Width).WriteTo(writer, (int)value);
                break;
            default:
                PythonNumber.Write(writer, value);
                break;
        }
    }

    private readonly ref struct Cells(PredictionBatch batch)
    {
        public readonly PredictionBatch Batch = batch;
        public readonly PredictionKind Kind = batch.Kind;
        public readonly IReadOnlyList<int> RowShape = batch.RowShape;
        public readonly ReadOnlySpan<double> Values = batch.Values;
        public readonly ReadOnlySpan<string?> Texts = batch.Texts;
    }
}
