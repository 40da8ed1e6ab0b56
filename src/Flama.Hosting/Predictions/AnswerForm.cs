namespace Flama.Hosting.Predictions;

/// <summary>What is counted of a method's answers, found once from what the method says of itself. Immutable.</summary>
/// <param name="Kind">How answers are counted.</param>
/// <param name="Labels">The names of the classes; null where they are false and true, or there are none.</param>
internal sealed record AnswerForm(AnswerKind Kind, LabelSet? Labels = null)
{
    /// <summary>Classes beyond so many are counted together.</summary>
    public const int MaxClasses = 50;

    private static readonly AnswerForm Nothing = new(AnswerKind.None);

    /// <summary>How many counters there are: one per class and one for the others, or one per bucket of numbers.</summary>
    public int Counters => Kind switch
    {
        AnswerKind.Classes => Classes + 1,
        AnswerKind.Numbers => LogScale.Numbers,
        _ => 0,
    };

    /// <summary>How many classes are told apart.</summary>
    public int Classes => Kind == AnswerKind.Classes ? Math.Min(Labels?.Count ?? 2, MaxClasses) : 0;

    /// <summary>Finds the form of a method's answers.</summary>
    public static AnswerForm Of(ModelMethod method)
    {
        if (method.OutputForm != OutputForm.Single)
        {
            return Nothing;
        }

        var output = method.Outputs[0];
        if (output.Columns is { Count: > 1 } columns)
        {
            return new(AnswerKind.Classes, columns);
        }

        if (output.Shape is not { Count: 1 })
        {
            return Nothing;
        }

        return output switch
        {
            { Labels: [{ Count: > 0 } labels] } => new(AnswerKind.Classes, labels),
            { Type: ElementType.Boolean } => new(AnswerKind.Classes),
            { Type: ElementType.Float64 or ElementType.Float32 or ElementType.Int64 } => new(AnswerKind.Numbers),
            _ => Nothing,
        };
    }

    /// <summary>The name of a class as text; the last one stands for all others.</summary>
    public string NameOf(int index) => index >= Classes ? "other" : Labels is null ? (index == 0 ? "false" : "true") : Labels[index].ToString();

    /// <summary>The counter of a row of the answer; -1 for none.</summary>
    public int CounterOf(PredictionBatch batch, int row)
    {
        if (Kind == AnswerKind.Numbers)
        {
            return LogScale.OfNumber(batch.Kind == PredictionKind.Int64 ? batch.Integers[row] : batch.Values[row]);
        }

        var index = batch.Width == 1 ? batch.Values[row] : LargestOf(batch.Row(row));
        return index >= 0 ? (int)Math.Min(index, Classes) : -1;
    }

    /// <summary>Whether an answer is as the method said.</summary>
    public bool Fits(PredictionBatch batch) => Kind switch
    {
        AnswerKind.Classes => batch.Width == 1 ? batch.Kind is PredictionKind.Label or PredictionKind.Boolean : batch.Width == Labels?.Count && batch.Kind == PredictionKind.Float,
        AnswerKind.Numbers => batch.Width == 1 && batch.Kind is PredictionKind.Float or PredictionKind.Integer or PredictionKind.Int64,
        _ => false,
    };

    private static int LargestOf(ReadOnlySpan<double> row)
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        return best;
    }
}
