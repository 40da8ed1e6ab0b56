using System.Globalization;
using Flama.Json;
using Flama.Pickle;

namespace Flama.Sklearn.Interpret;

/// <summary>The bins of one feature of an explainable boosting machine: of numbers by cuts, of categories by name.</summary>
/// <remarks>Bin 0 is that of missing cells, the last that of cells which training never saw.</remarks>
internal sealed class EbmFeature
{
    private readonly double[][] cuts;
    private readonly Dictionary<string, int>[] categories;

    private EbmFeature(double[][] cuts, Dictionary<string, int>[] categories)
    {
        this.cuts = cuts;
        this.categories = categories;
    }

    /// <summary>Whether it is numbers.</summary>
    public bool IsNumber => cuts.Length > 0;

    /// <summary>The names of the categories; empty for numbers.</summary>
    public IEnumerable<string> Categories => IsNumber ? [] : categories[0].Keys;

    /// <summary>Reads a feature's bins: those of single features, then those of pairs and so on, where they are coarser.</summary>
    public static EbmFeature Read(EstimatorState state, object? levels, string place)
    {
        var items = EstimatorState.ItemsOf(levels) is { Count: > 0 } found ? found : throw state.Fail($"{place} is {PythonType.NameOf(levels)}, expected a list");
        return items[0] is PickleDict
            ? new([], [.. items.Select(item => Names(state, item, place))])
            : new([.. items.Select(item => Cuts(state, item, place))], []);
    }

    /// <summary>How many bins terms of some features have, those of missing and unseen cells included.</summary>
    public int Bins(int features) => 2 + (IsNumber ? Level(cuts, features).Length + 1 : Level(categories, features).Values.DefaultIfEmpty(0).Max());

    /// <summary>The bin of a cell in terms of some features.</summary>
    /// <param name="text">The cell's string, or null when it is a number.</param>
    /// <param name="number">The cell's number.</param>
    /// <param name="features">How many features the term has.</param>
    public int Find(string? text, double number, int features)
    {
        if (text is null && double.IsNaN(number))
        {
            return 0;
        }

        var unseen = Bins(features) - 1;
        if (!IsNumber)
        {
            var names = Level(categories, features);
            return text is not null ? names.GetValueOrDefault(text, unseen)
                : names.TryGetValue(Whole(number), out var bin) || names.TryGetValue(Scalar.Of(number).ToString(), out bin) ? bin : unseen;
        }

        if (text is not null && !PythonNumber.TryParse(text, out number))
        {
            return unseen;
        }

        return double.IsNaN(number) ? 0 : 1 + CountUpTo(Level(cuts, features), number);
    }

    private static T Level<T>(T[] levels, int features) => levels[Math.Min(levels.Length, features) - 1];

    private static string Whole(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    // The cuts that are at most the number.
    private static int CountUpTo(double[] cuts, double number)
    {
        var (low, high) = (0, cuts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = cuts[middle] <= number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static double[] Cuts(EstimatorState state, object? item, string place)
    {
        var numbers = state.AsVector(item, place);
        for (var i = 1; i < numbers.Length; i++)
        {
            if (!(numbers[i] > numbers[i - 1]))
            {
                throw state.Fail($"{place} are not in ascending order");
            }
        }

        return numbers;
    }

    private static Dictionary<string, int> Names(EstimatorState state, object? item, string place)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, value) in item as PickleDict ?? throw state.Fail($"{place} mixes categories and cuts"))
        {
            names[key as string ?? throw state.Fail($"{place} has a category that is not a name")] =
                value is long and > 0 and < int.MaxValue - 2 ? (int)(long)value : throw state.Fail($"{place} has a bin that is not a number above 0");
        }

        return names;
    }
}
