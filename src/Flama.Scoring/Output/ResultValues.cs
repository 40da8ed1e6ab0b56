using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Flama.Json;

namespace Flama.Scoring.Output;

/// <summary>Writes single values of results as Python does: floats with a fraction or an exponent, integers whole, <c>true</c> and <c>false</c>.</summary>
/// <param name="writeText">Writes a string in the way of the format.</param>
/// <param name="missing">What stands for NaN, infinities and missing labels.</param>
internal sealed class ResultValues(Action<string, IBufferWriter<byte>> writeText, byte[] missing)
{
    private readonly Dictionary<LabelSet, byte[][]> labels = new(ReferenceEqualityComparer.Instance);

    private LabelSet? lastSet;
    private byte[][]? lastTexts;

    /// <summary>Writes one value.</summary>
    /// <param name="batch">The results.</param>
    /// <param name="index">The position of the value among all values.</param>
    /// <param name="output">Takes the text.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(PredictionBatch batch, int index, IBufferWriter<byte> output)
    {
        var value = batch.WritableValues[index];
        switch (batch.Kind)
        {
            case PredictionKind.Int64:
                WriteInteger(BitConverter.DoubleToInt64Bits(value), output);
                break;
            case PredictionKind.Mixed when batch.WritableTexts[index] is { } text:
                writeText(text, output);
                break;
            case var _ when !double.IsFinite(value):
                output.Write(missing);
                break;
            case PredictionKind.Integer:
                WriteInteger((long)value, output);
                break;
            case PredictionKind.Boolean:
                output.Write(value != 0 ? "true"u8 : "false"u8);
                break;
            case PredictionKind.Label:
                output.Write(TextsOf(batch.LabelsOf(index % batch.Width))[(int)value]);
                break;
            default:
                output.Advance(PythonNumber.Format(value, output.GetSpan(PythonNumber.MaxLength)));
                break;
        }
    }

    private static void WriteInteger(long value, IBufferWriter<byte> output)
    {
        value.TryFormat(output.GetSpan(PythonNumber.MaxLength), out var length, provider: CultureInfo.InvariantCulture);
        output.Advance(length);
    }

    private byte[][] TextsOf(LabelSet set)
    {
        if (ReferenceEquals(set, lastSet))
        {
            return lastTexts!;
        }

        if (!labels.TryGetValue(set, out var texts))
        {
            texts = [.. set.Labels.Select(TextOf)];
            labels.Add(set, texts);
        }

        lastSet = set;
        return lastTexts = texts;
    }

    private byte[] TextOf(Scalar label)
    {
        ArrayBufferWriter<byte> text = new();
        if (label.Kind == ScalarKind.Text)
        {
            writeText(label.Text!, text);
        }
        else
        {
            using Utf8JsonWriter writer = new(text, JsonOutput.Compact);
            label.WriteTo(writer);
        }

        return text.WrittenSpan.SequenceEqual("null"u8) ? missing : text.WrittenSpan.ToArray();
    }
}
