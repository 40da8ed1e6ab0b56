using Flama.Pickle;

namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Terms to columns. Immutable and thread-safe.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly int longest;

    /// <summary>Reads <c>vocabulary_</c>, or the <c>vocabulary</c> that was given where nothing was fitted.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="without">Terms that are never looked for; their columns stay.</param>
    public Vocabulary(EstimatorState state, IReadOnlySet<string>? without = null)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        if (state.Value(state.FirstOf("vocabulary_", "vocabulary")) is PickleDict dict)
        {
            Count = dict.Count;
            foreach (var (term, column) in dict)
            {
                Add(state, columns, term, column is long index ? index : -1);
            }
        }
        else
        {
            var terms = GivenTerms(state);
            Count = terms.Count;
            for (var i = 0; i < terms.Count; i++)
            {
                Add(state, columns, terms[i], i);
            }
        }

        foreach (var term in without ?? (IEnumerable<string>)[])
        {
            columns.Remove(term);
        }

        longest = columns.Count == 0 ? 0 : columns.Keys.Max(term => term.Length);
        lookup = columns.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many columns there are.</summary>
    public int Count { get; }

    /// <summary>Finds the column of a term.</summary>
    /// <remarks>Long n-grams of a long text are told apart by their length alone.</remarks>
    public bool TryFind(ReadOnlySpan<char> term, out int column)
    {
        column = -1;
        return term.Length <= longest && lookup.TryGetValue(term, out column);
    }

    // A list keeps its order, a set is sorted as Python sorts, by code point.
    private static IReadOnlyList<object?> GivenTerms(EstimatorState state) => state.Value("vocabulary") is PickleSet set
        ? [.. set.Items.OfType<string>().Order(CodePointComparer.Instance)]
        : state.List("vocabulary");

    private void Add(EstimatorState state, Dictionary<string, int> columns, object? term, long column)
    {
        if (term is not string text || column < 0 || column >= Count)
        {
            throw state.Fail($"its vocabulary of {Count} terms has {PythonType.NameOf(term)} at column {column}");
        }

        columns[text] = (int)column;
    }
}
