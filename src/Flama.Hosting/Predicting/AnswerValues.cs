using System.Globalization;

namespace Flama.Hosting.Predicting;

/// <summary>Reads values of a program from what a method answered.</summary>
internal static class AnswerValues
{
    /// <summary>The label as text, as Python's <c>str()</c> writes it.</summary>
    public static string TextOf(Scalar value) => value.Kind switch
    {
        ScalarKind.Text => value.Text!,
        ScalarKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        ScalarKind.Boolean => value.Integer != 0 ? "True" : "False",
        ScalarKind.Null => "None",
        _ => value.ToString(),
    };

    /// <summary>The labels of a model's classes as text.</summary>
    /// <exception cref="FlamaException">The model has no classes, or those of several outputs.</exception>
    public static string[] ClassesOf(Model model) => model.Classes is [var labels]
        ? [.. labels.Labels.Select(TextOf)]
        : throw new FlamaException(
            ErrorCodes.MethodNotAvailable,
            model.Classes.Count == 0
                ? $"{model.Metadata.ModelClass} has no classes, so that there are no probabilities by label."
                : $"{model.Metadata.ModelClass} has the classes of {model.Classes.Count} outputs, so that there is not one list of probabilities by label.",
            "Run the method 'predict_proba' and read its arrays.");

    public static string[] Labels(ModelOutput output)
    {
        if (Vector(output) is not { } batch)
        {
            return TensorLabels(output);
        }

        var labels = new string[batch.Rows];
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row] = TextOf(batch.ValueAt(row));
        }

        return labels;
    }

    public static double[] Numbers(ModelOutput output)
    {
        if (Vector(output) is not { } batch)
        {
            return TensorNumbers(output);
        }

        var numbers = new double[batch.Rows];
        for (var row = 0; row < numbers.Length; row++)
        {
            var value = batch.ValueAt(row);
            numbers[row] = value.IsNumber
                ? value.Number
                : throw new FlamaException(ErrorCodes.InvalidInput, $"The model answers '{TextOf(value)}', which is not a number.", "Ask for labels instead.");
        }

        return numbers;
    }

    public static IReadOnlyDictionary<string, double>[] Probabilities(ModelOutput output, string[] labels)
    {
        var batch = output.Batch;
        var all = new IReadOnlyDictionary<string, double>[batch.Rows];
        for (var row = 0; row < all.Length; row++)
        {
            all[row] = ProbabilitiesOf(batch, row, labels);
        }

        return all;
    }

    public static OrderedDictionary<string, double> ProbabilitiesOf(PredictionBatch batch, int row, string[] labels)
    {
        OrderedDictionary<string, double> found = new(labels.Length, StringComparer.Ordinal);
        var values = batch.Row(row);
        for (var i = 0; i < labels.Length; i++)
        {
            found[labels[i]] = values[i];
        }

        return found;
    }

    // One value per row, whether as a flat array or as rows of one.
    private static PredictionBatch? Vector(ModelOutput output)
    {
        if (output is { Count: 1, First: PredictionBatch { Width: 1 } batch })
        {
            return batch;
        }

        return output is { Count: 1, First: ModelTensor { Shape.Count: > 0 } tensor } && tensor.Count == tensor.Shape[0]
            ? null
            : throw new FlamaException(
                ErrorCodes.InvalidInput, "The model does not answer one value per row.", "Run the method and read its arrays.");
    }

    private static string[] TensorLabels(ModelOutput output)
    {
        var tensor = (ModelTensor)output.First;
        return tensor.Type == ElementType.String
            ? [.. tensor.Texts.ToArray().Select(text => text ?? "None")]
            : [.. TensorNumbers(output).Select(value => TextOf(ElementTypes.IsFloat(tensor.Type) ? Scalar.Of(value) : Scalar.Of((long)value)))];
    }

    private static double[] TensorNumbers(ModelOutput output)
    {
        var tensor = (ModelTensor)output.First;
        return tensor.Type switch
        {
            ElementType.Float64 => tensor.Elements<double>().ToArray(),
            ElementType.Float32 => Widen(tensor.Elements<float>(), value => value),
            ElementType.Float16 => Widen(tensor.Elements<Half>(), value => (double)value),
            ElementType.Int64 => Widen(tensor.Elements<long>(), value => value),
            ElementType.Int32 => Widen(tensor.Elements<int>(), value => value),
            ElementType.Int16 => Widen(tensor.Elements<short>(), value => value),
            ElementType.Int8 => Widen(tensor.Elements<sbyte>(), value => value),
            ElementType.UInt64 => Widen(tensor.Elements<ulong>(), value => value),
            ElementType.UInt32 => Widen(tensor.Elements<uint>(), value => value),
            ElementType.UInt16 => Widen(tensor.Elements<ushort>(), value => value),
            ElementType.UInt8 => Widen(tensor.Elements<byte>(), value => value),
            ElementType.Boolean => Widen(tensor.Elements<bool>(), value => value ? 1 : 0),
            _ => throw new FlamaException(
                ErrorCodes.InvalidInput, $"The model answers {ElementTypes.NameOf(tensor.Type)}, not numbers.", "Ask for labels instead."),
        };
    }

    private static double[] Widen<T>(ReadOnlySpan<T> values, Func<T, double> widen)
    {
        var wide = new double[values.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = widen(values[i]);
        }

        return wide;
    }
}
