using Flama.Json;

namespace Flama.Sklearn.Compose;

/// <summary>One part of a <see cref="ColumnTransformer"/>: which columns go into what.</summary>
/// <param name="Columns">Positions among the features.</param>
/// <param name="Estimator">What transforms them; null hands them on as they are.</param>
/// <param name="Weight">What the results are multiplied by.</param>
internal sealed record ColumnPart(int[] Columns, Estimator? Estimator, double Weight)
{
    /// <summary>How many columns come out.</summary>
    public int Width { get; } = Estimator is null ? Columns.Length : Estimator.Shape(Method.Transform, null).Width;

    /// <summary>Computes the part's columns.</summary>
    public void Transform(Estimator owner, FeatureBatch input, OutputSlice output)
    {
        if (Estimator is null)
        {
            PassThrough(input, output);
        }
        else
        {
            using var selected = Select(owner, input);
            Estimator.Run(Method.Transform, selected, output);
        }

        if (Weight != 1)
        {
            for (var row = 0; row < output.Rows; row++)
            {
                foreach (ref var value in output.Row(row))
                {
                    value *= Weight;
                }
            }
        }
    }

    /// <summary>Whether strings can come out for rows like these; null asks before rows are seen.</summary>
    public bool GivesText(FeatureBatch? input)
    {
        if (Estimator is null)
        {
            return input is { IsNumeric: false };
        }

        using var sample = input is null ? null : FeatureBatch.Rent(0, Columns.Length, Estimator.Input.TakesText && !input.IsNumeric);
        return Estimator.Shape(Method.Transform, sample).Kind == PredictionKind.Mixed;
    }

    private void PassThrough(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            for (var i = 0; i < Columns.Length; i++)
            {
                output[row, i] = numbers[Columns[i]];
                if (input.TextAt(row, Columns[i]) is { } text)
                {
                    output.SetText(row, i, text);
                }
            }
        }
    }

    // Inside, cells are Python objects, and scikit-learn reads strings as numbers wherever a step asks for numbers.
    private FeatureBatch Select(Estimator owner, FeatureBatch input)
    {
        var keepsText = Estimator!.Input.TakesText && !input.IsNumeric;
        var selected = FeatureBatch.RentSelection(input, Columns, keepsText);
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var target = selected.Row(row);
            for (var i = 0; i < Columns.Length; i++)
            {
                target[i] = numbers[Columns[i]];
            }

            if (input.IsNumeric)
            {
                continue;
            }

            var texts = input.TextRow(row);
            for (var i = 0; i < Columns.Length; i++)
            {
                if (texts[Columns[i]] is not { } text)
                {
                    continue;
                }

                if (keepsText)
                {
                    selected.SetText(row, i, text);
                }
                else if (!PythonNumber.TryParse(text, out target[i]))
                {
                    selected.Dispose();
                    throw InputCheck.CellProblem(
                        owner,
                        input,
                        row,
                        Columns[i],
                        ProblemTypes.UnreadableNumber,
                        $"{Estimator.Name} needs a number and found the string \"{InputCheck.Shorten(text)}\"");
                }
            }
        }

        return selected;
    }
}
