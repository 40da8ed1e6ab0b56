namespace Flama.Sklearn.Neighbors;

/// <summary>Distances between two rows of flags; any number but 0 is a set flag.</summary>
/// <remarks>Of n columns, <c>both</c> are set in both rows, <c>first</c> and <c>second</c> in one of them only.</remarks>
internal static class FlagFunctions
{
    private delegate double Formula(double both, double first, double second, double n);

    /// <summary>Finds a distance by its name; null when it is not a distance of flags.</summary>
    public static PairFunction? Find(string name) => name switch
    {
        "jaccard" => Of((both, first, second, _) => both + first + second == 0 ? 0 : (first + second) / (both + first + second)),
        "matching" => Of((_, first, second, n) => (first + second) / n),
        "dice" => Of((both, first, second, _) => (first + second) / ((2 * both) + first + second)),
        "kulsinski" => Of((both, first, second, n) => (first + second - both + n) / (first + second + n)),
        "rogerstanimoto" or "sokalmichener" => Of((_, first, second, n) => 2 * (first + second) / (n + first + second)),
        "russellrao" => Of((both, _, _, n) => (n - both) / n),
        "sokalsneath" => Of((both, first, second, _) => (first + second) / (first + second + (0.5 * both))),
        "yule" => Of((both, first, second, n) => first * second == 0
            ? 0
            : 2 * first * second / ((both * (n - both - first - second)) + (first * second))),
        _ => null,
    };

    private static PairFunction Of(Formula formula) => (x, y) =>
    {
        int both = 0, first = 0, second = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var isFirst = x[i] != 0;
            var isSecond = y[i] != 0;
            both += isFirst && isSecond ? 1 : 0;
            first += isFirst && !isSecond ? 1 : 0;
            second += isSecond && !isFirst ? 1 : 0;
        }

        return formula(both, first, second, x.Length);
    };
}
