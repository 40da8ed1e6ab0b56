namespace Flama.Sklearn.Preprocessing;

/// <summary>
/// The products of columns by degree, each degree made of the one below: the products of degree d that start with column f are f times those of
/// degree d − 1 that start with f or a later column (with a later column when no column may repeat).
/// </summary>
internal sealed class ProductTermList
{
    private readonly bool isDistinct;
    private readonly int maxTerms;
    private readonly List<ProductTerm> terms = [];
    private readonly List<int> degreeStarts = [0];
    private int[] starts;

    /// <summary>Makes an empty list.</summary>
    /// <param name="features">The number of columns.</param>
    /// <param name="isDistinct">Whether a column may occur only once in a product.</param>
    /// <param name="maxTerms">How many products are too many.</param>
    public ProductTermList(int features, bool isDistinct, int maxTerms)
    {
        this.isDistinct = isDistinct;
        this.maxTerms = maxTerms;
        Features = features;
        starts = [];
    }

    /// <summary>The number of columns.</summary>
    public int Features { get; }

    /// <summary>The products, lower degrees first, without the empty one.</summary>
    public IReadOnlyList<ProductTerm> Terms => terms;

    /// <summary>How many products have a lower degree.</summary>
    public int CountBelow(int degree) => degreeStarts[Math.Min(degree - 1, degreeStarts.Count - 1)];

    /// <summary>Adds the products up to a degree; false when they would be too many.</summary>
    public bool TryExtend(int degree)
    {
        if (degree >= 1 && !TryAddFirst())
        {
            return false;
        }

        // Without repetition there is no product longer than the columns are many; with it, more degrees than terms allowed are too many.
        var highest = isDistinct ? Math.Min(degree, Features) : degree;
        for (var d = 2; d <= highest; d++)
        {
            if (d > maxTerms || !TryAddNext())
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAddFirst()
    {
        if (Features > maxTerms)
        {
            return false;
        }

        starts = new int[Features + 1];
        for (var feature = 0; feature < Features; feature++)
        {
            starts[feature] = feature;
            terms.Add(new ProductTerm(-1, feature));
        }

        starts[Features] = Features;
        degreeStarts.Add(terms.Count);
        return true;
    }

    private bool TryAddNext()
    {
        var next = new int[Features + 1];
        var end = terms.Count;
        for (var feature = 0; feature < Features; feature++)
        {
            next[feature] = terms.Count;
            var first = starts[isDistinct ? feature + 1 : feature];
            if (terms.Count + (long)(end - first) > maxTerms)
            {
                return false;
            }

            for (var rest = first; rest < end; rest++)
            {
                terms.Add(new ProductTerm(rest, feature));
            }
        }

        next[Features] = terms.Count;
        starts = next;
        degreeStarts.Add(terms.Count);
        return true;
    }
}
