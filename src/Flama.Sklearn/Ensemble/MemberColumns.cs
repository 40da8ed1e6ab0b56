namespace Flama.Sklearn.Ensemble;

/// <summary>The columns that one member of an ensemble was trained with.</summary>
internal sealed class MemberColumns
{
    private readonly int[]? columns;

    private MemberColumns(int[]? columns) => this.columns = columns;

    /// <summary>Whether they are all columns, in their order.</summary>
    public bool IsAll => columns is null;

    /// <summary>Reads <c>estimators_features_</c>: the positions of each member's columns.</summary>
    /// <param name="state">The ensemble's attributes.</param>
    /// <param name="members">How many members it has.</param>
    /// <param name="features">How many columns it takes; null when it does not say.</param>
    public static MemberColumns[] Read(EstimatorState state, int members, int? features)
    {
        var items = state.List("estimators_features_");
        if (items.Count != members)
        {
            throw state.Fail($"it has columns for {items.Count} members, of which there are {members}");
        }

        return [.. items.Select((item, i) => Of(state, state.AsIntegers(item, $"estimators_features_[{i}]"), features))];
    }

    /// <summary>The rows with these columns only, to be disposed; null when they are all.</summary>
    public FeatureBatch? Select(FeatureBatch input)
    {
        if (columns is null)
        {
            return null;
        }

        var selected = FeatureBatch.RentSelection(input, columns, withTexts: !input.IsNumeric);
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var target = selected.WritableRow(row);
            for (var i = 0; i < columns.Length; i++)
            {
                target[i] = numbers[columns[i]];
                if (input.TextAt(row, columns[i]) is { } text)
                {
                    selected.SetText(row, i, text);
                }
            }
        }

        return selected;
    }

    private static MemberColumns Of(EstimatorState state, int[] columns, int? features)
    {
        foreach (var column in columns)
        {
            if (column < 0 || column >= features)
            {
                throw state.Fail($"a member looks at column {column} of {features}");
            }
        }

        var isAll = columns.Length == features && columns.AsSpan().SequenceEqual(Enumerable.Range(0, columns.Length).ToArray());
        return features is null ? throw state.Fail("it does not say how many features it takes") : new(isAll ? null : columns);
    }
}
