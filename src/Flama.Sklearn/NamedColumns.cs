using Flama.Json;

namespace Flama.Sklearn;

/// <summary>Rows whose columns have names, put into the order of training as the writer's scikit-learn would.</summary>
internal static class NamedColumns
{
    /// <summary>Arranges the columns of named rows.</summary>
    /// <returns>New rows, to be disposed, when columns had to be moved or left out; null when the rows do as they are.</returns>
    /// <exception cref="FlamaException">Names are missing or, where the model does not pick by name, in another order.</exception>
    public static FeatureBatch? Arrange(Estimator root, FeatureBatch input)
    {
        if (input.ColumnNames is not { } given || root.FeatureNames is not { } wanted || given.SequenceEqual(wanted, StringComparer.Ordinal))
        {
            return null;
        }

        if (!root.SelectsByName)
        {
            InputCheck.CheckNames(root, input);
        }

        if (root.NeedsColumnOrder && !given.Take(wanted.Count).SequenceEqual(wanted, StringComparer.Ordinal))
        {
            throw InputCheck.Problem(new InputProblem(
                ProblemTypes.FeatureNames, $"The columns must start with {InputCheck.Show(wanted)}, in this order, and are {InputCheck.Show(given)}."));
        }

        return Pick(root, given, wanted, input);
    }

    private static FeatureBatch Pick(Estimator root, IReadOnlyList<string> given, IReadOnlyList<string> wanted, FeatureBatch input)
    {
        var positions = new int[wanted.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = IndexOf(given, wanted[i]);
        }

        if (positions.Contains(-1) && MissingOf(root, positions, wanted) is { Count: > 0 } missing)
        {
            throw InputCheck.Problem(new InputProblem(ProblemTypes.FeatureNames, $"The columns {InputCheck.Show(missing)} are missing."));
        }

        var picked = FeatureBatch.RentSelection(input, [.. positions.Select(position => Math.Max(position, 0))], withTexts: !input.IsNumeric);
        for (var row = 0; row < input.Rows; row++)
        {
            for (var i = 0; i < positions.Length; i++)
            {
                if (positions[i] < 0)
                {
                    picked.SetNumber(row, i, FeatureBatch.Null);
                }
                else if (input.TextAt(row, positions[i]) is { } text)
                {
                    picked.SetText(row, i, text);
                }
                else
                {
                    picked.SetNumber(row, i, input.Row(row)[positions[i]]);
                }
            }
        }

        return picked;
    }

    // Of the columns that are missing, those that the model looks at.
    private static List<string> MissingOf(Estimator root, int[] positions, IReadOnlyList<string> wanted)
    {
        var builders = Array.ConvertAll(positions, _ => new FeatureBuilder());
        root.Describe(builders, downstream: false);
        return [.. wanted.Where((_, i) => positions[i] < 0 && builders[i].IsUsed)];
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
