namespace Flama.Sklearn.Preprocessing;

/// <summary>The categories of one column: a cell to its position.</summary>
/// <remarks>
/// Strings equal strings, numbers equal numbers (1, 1.0 and true are the same). NaN is a category of its own, and so is None; JSON's null finds
/// None or, where there is no None, NaN. Integers that float64 cannot tell apart are found by their digits too.
/// </remarks>
internal sealed class CategoryTable
{
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int> numbers = [];
    private readonly int nan = -1;
    private readonly int none = -1;

    public CategoryTable(IReadOnlyList<Scalar> categories)
    {
        Categories = categories;
        for (var i = 0; i < categories.Count; i++)
        {
            var category = categories[i];
            if (category.Kind == ScalarKind.Null)
            {
                none = i;
            }
            else if (category.Text is { } text)
            {
                texts.TryAdd(text, i);
            }
            else if (double.IsNaN(category.Number))
            {
                nan = i;
            }
            else
            {
                numbers.TryAdd(category.Number, i);
                if (LargeIntegers.Contains(category))
                {
                    texts.TryAdd(category.ToString(), i);
                }
            }
        }
    }

    /// <summary>The categories in order.</summary>
    public IReadOnlyList<Scalar> Categories { get; }

    /// <summary>How many there are.</summary>
    public int Count => Categories.Count;

    /// <summary>Whether a missing value is a category.</summary>
    public bool HasMissing => nan >= 0 || none >= 0;

    /// <summary>Finds a cell; −1 when it is not a category.</summary>
    /// <param name="text">The cell's string, or null when it is a number.</param>
    /// <param name="number">The cell's number.</param>
    public int Find(string? text, double number)
    {
        if (text is not null)
        {
            return texts.GetValueOrDefault(text, -1);
        }

        if (double.IsNaN(number))
        {
            return FeatureBatch.IsNull(number) && none >= 0 ? none : nan;
        }

        return numbers.GetValueOrDefault(number, -1);
    }

    /// <summary>The categories that JSON can say, for signatures.</summary>
    public IReadOnlyList<Scalar> Sayable() => [.. Categories.Where(category => category.Kind != ScalarKind.Float || double.IsFinite(category.Number))];

    /// <summary>Reads <c>categories_</c>: one array a column.</summary>
    public static CategoryTable[] Read(EstimatorState state) =>
        [.. state.List("categories_").Select((item, i) => new CategoryTable(state.AsScalars(item, $"categories_[{i}]")))];

    /// <summary>A cell as a message shows it.</summary>
    public static string Show(string? text, double number) =>
        text is not null ? $"\"{InputCheck.Shorten(text)}\"" : double.IsNaN(number) ? "null" : Scalar.Of(number).ToString();
}
