using System.Collections.Frozen;
using Flama.Tables;

namespace Flama.Json;

/// <summary>What the cells of one feature may be, in the form the reader asks for it.</summary>
internal sealed class CellPlan
{
    private readonly FrozenSet<string>? categoryTexts;
    private readonly FrozenSet<double>? categoryNumbers;
    private readonly bool categoriesHoldNull;

    public CellPlan(Feature feature)
    {
        Feature = feature;
        TakesNumbers = feature.Kind != FeatureKind.Text;
        KeepsText = feature.Kind != FeatureKind.Number;
        AllowsMissing = feature.AllowsMissing;
        AllowsInfinity = feature.AllowsInfinity;
        ParsesText = feature.ParsesText && TakesNumbers;
        IsUsed = feature.IsUsed;
        KeepsDigits = feature.TrainedOn.HasFlag(CellTypes.LargeInteger);
        if (feature.Categories.Count > 0)
        {
            var categories = feature.Categories;
            categoryTexts = categories.Where(value => value.Kind == ScalarKind.Text || LargeIntegers.Contains(value)).Select(value => value.ToString()).ToFrozenSet(StringComparer.Ordinal);
            categoryNumbers = categories.Where(value => value.IsNumber).Select(value => value.Number).ToFrozenSet();
            categoriesHoldNull = categories.Any(value => value.Kind == ScalarKind.Null || (value.IsNumber && double.IsNaN(value.Number)));
        }
    }

    /// <summary>The cell of a model that checks its rows itself.</summary>
    public static CellPlan Anything { get; } = new(new Feature(FeatureKind.Any) { AllowsMissing = true, AllowsInfinity = true });

    public Feature Feature { get; }

    public string? Name => Feature.Name;

    public bool TakesNumbers { get; }

    public bool KeepsText { get; }

    public bool ParsesText { get; }

    public bool AllowsMissing { get; }

    public bool AllowsInfinity { get; }

    public bool IsUsed { get; }

    /// <summary>Whether every finite number is fine as it is.</summary>
    public bool TakesEveryNumber => TakesNumbers && IsUsed && !KeepsDigits && categoryNumbers is null;

    /// <summary>Whether integers that float64 cannot tell apart stay digits.</summary>
    public bool KeepsDigits { get; }

    /// <summary>Whether the number, or NaN for missing, is one the feature takes.</summary>
    public bool IsKnown(double value) =>
        categoryNumbers is null || (double.IsNaN(value) ? categoriesHoldNull || AllowsMissing : categoryNumbers.Contains(value));

    /// <summary>Whether the text is one the feature takes.</summary>
    public bool IsKnown(ReadOnlySpan<char> text) =>
        categoryTexts is null || categoryTexts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    /// <summary>The known values for a message.</summary>
    public string DescribeCategories() => Excerpt.List(
        [.. Feature.Categories.Select(value => value.Kind == ScalarKind.Text ? Excerpt.Of(value.Text) : value.ToString())], 20);
}
