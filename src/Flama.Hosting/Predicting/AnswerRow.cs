namespace Flama.Hosting.Predicting;

/// <summary>One row of what a model answered, for compiled code to read. Not thread-safe.</summary>
internal sealed class AnswerRow(PredictionBatch predictions, PredictionBatch? probabilities, string[] labels)
{
    /// <summary>The row that is read.</summary>
    public int Row { get; set; }

    public string Text() => AnswerValues.TextOf(predictions.ValueAt(Row));

    public double Number() => predictions.ValueAt(Row) is { IsNumber: true } value
        ? value.Number
        : throw new FlamaException(ErrorCodes.InvalidInput, $"The model answers '{Text()}', which is not a number.", "Ask for a string instead.");

    public bool Flag() => predictions.ValueAt(Row) is { IsNumber: true } value ? value.Number != 0 : bool.Parse(Text());

    public object EnumValue(Type type)
    {
        var value = predictions.ValueAt(Row);
        if (value.Kind == ScalarKind.Integer)
        {
            return Enum.ToObject(type, value.Integer);
        }

        return Enum.TryParse(type, Text(), ignoreCase: true, out var named)
            ? named
            : throw new FlamaException(ErrorCodes.InvalidInput, $"The model answers '{Text()}', which is not a name of {type.Name}.", "Add it to the enum.");
    }

    public double ProbabilityAt(int index) => probabilities!.Row(Row)[index];

    public double ProbabilityOfPrediction() => probabilities!.Row(Row)[Array.IndexOf(labels, Text())];

    public OrderedDictionary<string, double> AllProbabilities() => AnswerValues.ProbabilitiesOf(probabilities!, Row, labels);
}
