namespace Flama.Sklearn.Preprocessing;

/// <summary>One feature of a <see cref="OneHotEncoder"/>: categories to output columns and back.</summary>
internal sealed class OneHotColumn
{
    private static readonly Scalar RareName = Scalar.Of("infrequent_sklearn");

    private readonly int[] positions;
    private readonly Scalar[] names;

    /// <summary>Works out the column of each category.</summary>
    /// <param name="categories">The categories.</param>
    /// <param name="grouping">For each category its number after rare ones were put together, the last number being theirs; null without rare ones.</param>
    /// <param name="dropped">The number (after grouping) that has no column; null when all have.</param>
    /// <param name="state">For errors.</param>
    public OneHotColumn(IReadOnlyList<Scalar> categories, int[]? grouping, int? dropped, EstimatorState state)
    {
        positions = grouping ?? [.. Enumerable.Range(0, categories.Count)];
        if (positions.Length != categories.Count || positions.Any(position => position < 0 || position >= categories.Count))
        {
            throw state.Fail("its grouping of rare categories does not fit its categories");
        }

        var groups = positions.Length == 0 ? 0 : positions.Max() + 1;
        if (dropped < 0 || dropped >= groups)
        {
            throw state.Fail($"it drops category {dropped} of {groups}");
        }

        HasRare = grouping is not null;
        names = new Scalar[groups];
        for (var i = 0; i < positions.Length; i++)
        {
            names[positions[i]] = HasRare && positions[i] == groups - 1 ? RareName : categories[i];
        }

        Dropped = dropped is { } drop ? names[drop] : null;
        UngroupedDropped = dropped is { } number ? categories[number] : null;
        Infrequent = HasRare ? groups - 1 : -1;
        Width = groups;
        if (dropped is { } removed)
        {
            positions = [.. positions.Select(position => Shift(position, removed))];
            names = [.. names.Where((_, i) => i != removed)];
            Infrequent = HasRare ? Shift(Infrequent, removed) : -1;
            Width--;
        }
    }

    /// <summary>How many output columns.</summary>
    public int Width { get; }

    /// <summary>Whether rare categories were put together.</summary>
    public bool HasRare { get; }

    /// <summary>The column of rare categories; −1 when there is none.</summary>
    public int Infrequent { get; }

    /// <summary>The category without a column; null when there is none.</summary>
    public Scalar? Dropped { get; }

    /// <summary>The category with the number of the one without a column, as if rare ones had not been put together.</summary>
    public Scalar? UngroupedDropped { get; }

    /// <summary>The output column of a category; −1 when it was dropped.</summary>
    public int Position(int category) => positions[category];

    /// <summary>The category of an output column.</summary>
    public Scalar NameOf(int position) => names[position];

    private static int Shift(int position, int dropped) => position == dropped ? -1 : position > dropped ? position - 1 : position;
}
