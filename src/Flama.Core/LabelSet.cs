using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Flama;

/// <summary>The labels of a classifier in the order of its probability columns. Immutable and thread-safe.</summary>
public sealed class LabelSet
{
    private readonly Scalar[] labels;
    private readonly JsonEncodedText[] encoded;

    /// <summary>Makes the set from the labels in training order.</summary>
    /// <param name="labels">The labels; they need not be unique.</param>
    /// <exception cref="FlamaException">A text holds half of a surrogate pair, which JSON cannot (<see cref="ErrorCodes.InvalidModel"/>).</exception>
    public LabelSet(IEnumerable<Scalar> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        this.labels = [.. labels];
        encoded = [.. this.labels.Select(label => label.Text is null ? default : Encode(label.Text))];
    }

    /// <summary>How many labels there are.</summary>
    public int Count => labels.Length;

    /// <summary>The label of class <paramref name="index"/>.</summary>
    public Scalar this[int index] => labels[index];

    /// <summary>The labels in order.</summary>
    public IReadOnlyList<Scalar> Labels => labels;

    /// <summary>The element type that all labels have; <see cref="ElementType.Mixed"/> where they differ or there are none.</summary>
    public ElementType Type => TypeOf([this]);

    /// <summary>Writes the label of class <paramref name="index"/> as JSON, without allocating.</summary>
    public void WriteTo(Utf8JsonWriter writer, int index)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (labels[index].Kind == ScalarKind.Text)
        {
            writer.WriteStringValue(encoded[index]);
        }
        else
        {
            labels[index].WriteTo(writer);
        }
    }

    /// <summary>The element type that the labels of all sets have.</summary>
    internal static ElementType TypeOf(IReadOnlyList<LabelSet> sets)
    {
        ElementType? common = null;
        foreach (var set in sets)
        {
            foreach (var label in set.labels)
            {
                ElementType? type = label.Kind switch
                {
                    ScalarKind.Boolean => ElementType.Boolean,
                    ScalarKind.Integer => label.IsUnsigned ? ElementType.UInt64 : ElementType.Int64,
                    ScalarKind.Float => ElementType.Float64,
                    ScalarKind.Text => ElementType.String,
                    _ => ElementType.Mixed,
                };
                if (common is ElementType.UInt64 or ElementType.Int64 && type is ElementType.UInt64 or ElementType.Int64)
                {
                    type = common == type ? type : ElementType.UInt64;
                }
                else if (common is not null && common != type)
                {
                    return ElementType.Mixed;
                }

                common = type;
            }
        }

        return common ?? ElementType.Mixed;
    }

    private static JsonEncodedText Encode(string label)
    {
        for (var rest = label.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
            {
                throw new FlamaException(
                    ErrorCodes.InvalidModel, $"The label '{SafeText.OneLine(label)}' holds half of a surrogate pair, which is not text.", "Train the model with labels that are text.");
            }

            rest = rest[length..];
        }

        return JsonEncodedText.Encode(label, Json.JsonOutput.Encoder);
    }
}
