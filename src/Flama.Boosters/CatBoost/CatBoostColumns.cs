using System.Globalization;

namespace Flama.Boosters.CatBoost;

/// <summary>The columns that a model takes. Immutable and thread-safe.</summary>
internal sealed class CatBoostColumns
{
    // Columns that no feature names are told by nothing but a number in the file.
    private const int MaxUnlisted = 1 << 16;

    private readonly Feature[] features;

    /// <summary>Checks and takes the features of a model.</summary>
    public CatBoostColumns(CatBoostContent content, BoosterErrors errors)
    {
        var used = UsedCategories(content);
        var listed = content.Floats.Select(feature => (feature.Column, feature.Name, Feature: Describe(feature)))
            .Concat(content.Categories.Select(feature => (feature.Column, feature.Name, Feature: Describe(used.Contains(feature.Index), SawText(content, feature.Index)))))
            .Concat(content.Unused.Select(feature => (feature.Column, feature.Name, Feature: Describe(isUsed: false))))
            .ToArray();
        var count = listed.Length == 0 ? 0 : listed.Max(feature => feature.Column) + 1L;
        if (count > Math.Max(MaxUnlisted, 4L * listed.Length))
        {
            throw errors.Fail($"it has {listed.Length} features, and the last is column {count - 1}");
        }

        features = new Feature[count];
        var names = new string?[count];
        foreach (var (column, name, feature) in listed)
        {
            if (column < 0 || features[column] is not null)
            {
                throw errors.Fail(column < 0 ? $"a feature is column {column}" : $"two of its features are column {column}");
            }

            features[column] = feature;
            names[column] = name;
        }

        for (var i = 0; i < features.Length; i++)
        {
            features[i] ??= Describe(isUsed: false);
        }

        Names = AreNames(names) ? Array.ConvertAll(names, name => name!) : null;
    }

    /// <summary>How many there are.</summary>
    public int Count => features.Length;

    /// <summary>Their names; null when training had none.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>What a column takes, its name left out.</summary>
    public Feature this[int column] => features[column];

    private static HashSet<int> UsedCategories(CatBoostContent content) =>
    [
        .. content.OneHots.Select(feature => feature.Category),
        .. content.Ctrs.SelectMany(ctr => ctr.Table.Projection.Categories),
        .. content.Ctrs.SelectMany(ctr => ctr.Table.Projection.OneHotSplits.Select(split => split.Feature)),
    ];

    private static Feature Describe(FloatFeature feature) => new(FeatureKind.Number)
    {
        AllowsMissing = true,
        AllowsInfinity = true,
        ParsesText = true,
        Example = feature.Borders.Length == 0 || !float.IsFinite(feature.Borders[feature.Borders.Length / 2]) ? null

            // The shortest digits that mean the same float32.
            : Scalar.Of(double.Parse(feature.Borders[feature.Borders.Length / 2].ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
    };

    // Whole numbers that float64 may not hold come as their digits, which is what CatBoost numbers.
    private static Feature Describe(bool isUsed, Func<string, bool>? sawText = null) => new(FeatureKind.Any)
    {
        SawText = sawText,
        AllowsMissing = !isUsed,
        AllowsInfinity = !isUsed,
        IsUsed = isUsed,
        TrainedOn = isUsed ? CellTypes.Text | CellTypes.Number | CellTypes.Boolean | CellTypes.LargeInteger : CellTypes.Unknown,
    };

    // By the hash alone: of categories that trees ask for, and of tables of this feature by itself.
    private static Func<string, bool> SawText(CatBoostContent content, int category)
    {
        var asked = content.OneHots.Where(feature => feature.Category == category).SelectMany(feature => feature.Values).ToHashSet();
        CtrIndex[] tables =
        [
            .. content.Ctrs.Select(ctr => ctr.Table)
                .Where(table => table.Projection is { FloatSplits.Length: 0, OneHotSplits.Length: 0 } && table.Projection.Categories.AsSpan().SequenceEqual([category]))
                .Select(table => table.Index),
        ];
        return text =>
        {
            var hash = CategoryHash.Of(text);
            return asked.Contains(hash) || Array.Exists(tables, table => table.RowOf(CtrProjection.Combine(0, (ulong)hash)) >= 0);
        };
    }

    // Training without names may call them by their positions.
    private static bool AreNames(string?[] names) => names.Length > 0
        && Array.TrueForAll(names, name => !string.IsNullOrEmpty(name))
        && names.Distinct(StringComparer.Ordinal).Count() == names.Length
        && !names.Select((name, i) => name == i.ToString(CultureInfo.InvariantCulture)).All(isPosition => isPosition);
}
