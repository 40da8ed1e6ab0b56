namespace Flama.Sklearn.Preprocessing;

/// <summary>One feature of a <see cref="OneHotEncoder"/>: categories to output columns.</summary>
internal sealed class OneHotColumn
{
    private readonly int[] positions;

    /// <summary>Works out the column of each category.</summary>
    /// <param name="table">The categories.</param>
    /// <param name="grouping">For each category its number after rare ones were put together, the last number being theirs; null without rare ones.</param>
    /// <param name="dropped">The number (after grouping) that has no column; null when all have.</param>
    /// <param name="state">For errors.</param>
    public OneHotColumn(CategoryTable table, int[]? grouping, int? dropped, EstimatorState state)
    {
        Table = table;
        positions = grouping ?? [.. Enumerable.Range(0, table.Count)];
        if (positions.Length != table.Count || positions.Any(position => position < 0 || position >= table.Count))
        {
            throw state.Fail("its grouping of rare categories does not fit its categories");
        }

        var groups = positions.Length == 0 ? 0 : positions.Max() + 1;
        var infrequent = grouping is null ? -1 : groups - 1;
        Width = groups;
        if (dropped is { } drop)
        {
            if (drop < 0 || drop >= groups)
            {
                throw state.Fail($"it drops category {drop} of {groups}");
            }

            positions = [.. positions.Select(position => Shift(position, drop))];
            infrequent = infrequent < 0 ? -1 : Shift(infrequent, drop);
            Width--;
        }

        Infrequent = infrequent;
    }

    /// <summary>The categories.</summary>
    public CategoryTable Table { get; }

    /// <summary>How many output columns.</summary>
    public int Width { get; }

    /// <summary>The column of rare categories; −1 when there is none.</summary>
    public int Infrequent { get; }

    /// <summary>The output column of a category; −1 when it was dropped.</summary>
    public int Position(int category) => positions[category];

    private static int Shift(int position, int dropped) => position == dropped ? -1 : position > dropped ? position - 1 : position;
}
