namespace Flama.Boosters;

/// <summary>The categories of one column and the numbers that training had for them. Immutable and thread-safe.</summary>
/// <remarks>
/// Strings are looked up as strings. Numbers are looked up as numbers where categories were numbers; in a column of strings, numbers are taken for the numbers of
/// categories themselves.
/// </remarks>
internal sealed class CategoryColumn
{
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly List<(string Start, int Length, int Code)> starts = [];
    private readonly Dictionary<double, int>? numbers;

    /// <summary>Takes the categories.</summary>
    /// <param name="categories">In the order of their numbers; at least one.</param>
    /// <param name="lengths">How many characters each has, where strings may lack their end; null when they are whole.</param>
    public CategoryColumn(IReadOnlyList<Scalar> categories, IReadOnlyList<int>? lengths = null)
    {
        Example = categories[0];
        Types = TrainedCells.TypesOf(categories);
        for (var i = 0; i < categories.Count; i++)
        {
            if (categories[i].Text is { } text)
            {
                if (lengths is not null && lengths[i] > CharactersOf(text))
                {
                    starts.Add((text, lengths[i], i));
                }
                else
                {
                    texts.TryAdd(text, i);
                }
            }
            else if (categories[i].IsNumber)
            {
                numbers ??= [];
                numbers.TryAdd(categories[i].Number, i);
                if (LargeIntegers.Contains(categories[i]))
                {
                    texts.TryAdd(categories[i].ToString(), i);
                }
            }
        }

        // Categories 0, 1, 2, … are their own numbers.
        if (numbers?.Count == categories.Count && numbers.All(entry => entry.Key == entry.Value))
        {
            numbers = null;
            IsPlain = true;
        }
    }

    /// <summary>A category.</summary>
    public Scalar Example { get; }

    /// <summary>What training had in the column.</summary>
    public CellTypes Types { get; }

    /// <summary>Whether cells are the numbers of categories as they are.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether numbers in cells are categories rather than numbers of categories.</summary>
    public bool HasNumbers => numbers is not null;

    /// <summary>The number of a category; null when there is none.</summary>
    public int? Find(string category) => texts.TryGetValue(category, out var code) ? code : FindByStart(category);

    /// <summary>The number of a category that is a number; null when there is none.</summary>
    public int? Find(double category) => numbers is not null && numbers.TryGetValue(category, out var code) ? code : null;

    // Where two could be meant, neither is.
    private int? FindByStart(string category)
    {
        int? found = null;
        foreach (var (start, length, code) in starts)
        {
            if (category.StartsWith(start, StringComparison.Ordinal) && CharactersOf(category) == length)
            {
                found = found is null ? code : -1;
            }
        }

        return found is -1 ? null : found;
    }

    private static int CharactersOf(string text) => text.EnumerateRunes().Count();
}
