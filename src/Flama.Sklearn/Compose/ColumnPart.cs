using Flama.Json;

namespace Flama.Sklearn.Compose;

/// <summary>One part of a <see cref="ColumnTransformer"/> or a feature union: which columns go into what.</summary>
/// <param name="Columns">Positions among the features; null for all of them as they are.</param>
/// <param name="Estimator">What transforms them; null hands them on.</param>
/// <param name="Weight">What the results are multiplied by.</param>
internal sealed record ColumnPart(int[]? Columns, Estimator? Estimator, double Weight)
{
    /// <summary>How many columns come out of rows with some number of features.</summary>
    public int Width(int features)
    {
        var columns = Columns?.Length ?? features;
        if (Estimator is null)
        {
            return columns;
        }

        // A transformer may not know how many columns it was trained with.
        using var sample = FeatureBatch.RentUninitialized(0, columns);
        return Estimator.Shape(Method.Transform, sample).Width;
    }

    /// <summary>For each of the part's columns, which feature it is, or −1.</summary>
    public IEnumerable<int> OriginsOf(int features)
    {
        if (Weight != 1)
        {
            return Enumerable.Repeat(-1, Width(features));
        }

        var columns = Columns ?? [.. Enumerable.Range(0, features)];
        return Estimator is null
            ? columns
            : Estimator.OriginsOf(columns.Length)?.Select(origin => origin < 0 ? -1 : columns[origin]) ?? Enumerable.Repeat(-1, Width(features));
    }

    /// <summary>Computes the part's columns.</summary>
    /// <param name="owner">Whom errors name.</param>
    /// <param name="input">The rows.</param>
    /// <param name="output">As many columns as <see cref="Width"/> says.</param>
    public void Transform(Estimator owner, FeatureBatch input, OutputSlice output)
    {
        if (Estimator is null)
        {
            PassThrough(input, output);
        }
        else if (Columns is null)
        {
            Estimator.Run(Method.Transform, input, output);
        }
        else
        {
            using var selected = Select(owner, input, Columns);
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

    /// <summary>Computes the part's columns as rows of their own, sparse where the part gives such; strings are read as numbers.</summary>
    /// <returns>A new numeric batch, to be disposed; not multiplied by the weight.</returns>
    public FeatureBatch TransformApart(Estimator owner, FeatureBatch input, int features)
    {
        using var selected = Estimator is null || Columns is null ? null : Select(owner, input, Columns);
        var rows = selected ?? input;
        if (Estimator?.GivesSparseFor(rows) ?? false)
        {
            return Estimator.TransformSparse(rows);
        }

        var result = FeatureBatch.RentUninitialized(input.Rows, Width(features), GivesText(input), input.FirstRow);
        if (Estimator is null)
        {
            PassThrough(rows, new OutputSlice(result));
        }
        else
        {
            Estimator.Run(Method.Transform, rows, new OutputSlice(result));
        }

        ReadTexts(owner, result);
        return result;
    }

    /// <summary>Whether strings can come out for rows like these; null asks before rows are seen.</summary>
    public bool GivesText(FeatureBatch? input)
    {
        if (Estimator is null)
        {
            return input is { IsNumeric: false };
        }

        if (Columns is null)
        {
            return Estimator.Shape(Method.Transform, input).Kind == PredictionKind.Mixed;
        }

        using var sample = input is null ? null : FeatureBatch.RentUninitialized(0, Columns.Length, Estimator.Input.TakesText && !input.IsNumeric);
        return Estimator.Shape(Method.Transform, sample).Kind == PredictionKind.Mixed;
    }

    /// <summary>Says what the part needs of each column.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        var selected = Columns is null ? columns.ToArray() : new FeatureBuilder[Columns.Length];
        for (var i = 0; i < selected.Length; i++)
        {
            selected[i] = Columns is null ? columns[i] : columns[Columns[i]];
            if (Estimator is null)
            {
                selected[i].UseAsIs(downstream);
            }
        }

        Estimator?.Describe(selected, downstream);
    }

    // In a sparse result every cell is a number; scikit-learn converts strings that read as numbers.
    private static void ReadTexts(Estimator owner, FeatureBatch result)
    {
        var texts = result.Texts;
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is { } text && !PythonNumber.TryParse(text, out result.WritableNumbers[i]))
            {
                var problem = new InputProblem(
                    ProblemTypes.UnreadableNumber, $"Row {result.FirstRow + (i / result.Columns)}: {owner.Name} needs a number and found the string \"{InputCheck.Shorten(text)}\".");
                result.Dispose();
                throw InputCheck.Problem(problem);
            }
        }
    }

    private void PassThrough(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            for (var i = 0; i < output.Columns; i++)
            {
                var column = Columns?[i] ?? i;
                output[row, i] = numbers[column];
                if (input.TextAt(row, column) is { } text)
                {
                    output.SetText(row, i, text);
                }
            }
        }
    }

    // Inside, cells are Python objects, and scikit-learn reads strings as numbers wherever a step asks for numbers.
    private FeatureBatch Select(Estimator owner, FeatureBatch input, int[] columns)
    {
        var keepsText = Estimator!.Input.TakesText && !input.IsNumeric;
        var selected = FeatureBatch.RentSelection(input, columns, keepsText);
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var target = selected.WritableRow(row);
            for (var i = 0; i < columns.Length; i++)
            {
                target[i] = numbers[columns[i]];
            }

            if (input.IsNumeric)
            {
                continue;
            }

            var texts = input.TextRow(row);
            for (var i = 0; i < columns.Length; i++)
            {
                if (texts[columns[i]] is not { } text)
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
                        columns[i],
                        ProblemTypes.UnreadableNumber,
                        $"{Estimator.Name} needs a number and found the string \"{InputCheck.Shorten(text)}\"");
                }
            }
        }

        return selected;
    }
}
