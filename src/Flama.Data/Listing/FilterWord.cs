using System.Collections.Frozen;

namespace Flama.Data.Listing;

/// <summary>The words of operators in queries: those of the Python original, and some that people write.</summary>
internal static class FilterWord
{
    /// <summary>Turns a condition round: <c>not:in:3</c>.</summary>
    public const string Not = "not:";

    /// <summary>Behind a word stands its value.</summary>
    public const char Separator = ':';

    private static readonly (string Word, FilterOperators Operator)[] Table =
    [
        ("eq", FilterOperators.Equal),
        ("ne", FilterOperators.NotEqual),
        ("gt", FilterOperators.Greater),
        ("gte", FilterOperators.GreaterOrEqual),
        ("ge", FilterOperators.GreaterOrEqual),
        ("lt", FilterOperators.Less),
        ("lte", FilterOperators.LessOrEqual),
        ("le", FilterOperators.LessOrEqual),
        ("in", FilterOperators.In),
        ("isnull", FilterOperators.IsNull),
        ("contains", FilterOperators.Contains),
        ("startswith", FilterOperators.StartsWith),
        ("endswith", FilterOperators.EndsWith),
        ("icontains", FilterOperators.ContainsIgnoringCase),
        ("istartswith", FilterOperators.StartsWithIgnoringCase),
        ("iendswith", FilterOperators.EndsWithIgnoringCase),
        ("like", FilterOperators.Like),
        ("ilike", FilterOperators.LikeIgnoringCase),
    ];

    private static readonly FrozenDictionary<string, FilterOperators> ByWord = Table.ToFrozenDictionary(entry => entry.Word, entry => entry.Operator, StringComparer.Ordinal);

    /// <summary>The operator of a word; null for none.</summary>
    public static FilterOperators? Find(string word) => ByWord.TryGetValue(word, out var found) ? found : null;

    /// <summary>The words of operators, one for each.</summary>
    public static IEnumerable<string> Of(FilterOperators operators) =>
        Table.Where(entry => operators.HasFlag(entry.Operator)).DistinctBy(entry => entry.Operator).Select(entry => entry.Word);
}
