using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>Replaces each cell of the encoded columns by the value that training gave to its category: a mean, a quantile, a weight of evidence.</summary>
/// <remarks>
/// TargetEncoder, JamesSteinEncoder, MEstimateEncoder, WOEEncoder, GLMMEncoder and QuantileEncoder: they differ in training only, and randomize training's rows only.
/// Source: category_encoders, checked against 2.6.4 and 2.11.2.
/// </remarks>
internal sealed class CategoryValueEncoder : CategoryTransformer
{
    public CategoryValueEncoder(EstimatorState state)
        : base(state)
    {
        if (state.Value("hierarchy") is not null)
        {
            throw state.Unsupported("a hierarchy of categories");
        }

        var values = ReadValues(state);
        Outputs = Arrange(state, i => values.TryGetValue(i, out var column) ? column : null);
    }

    private Dictionary<int, ValueColumn> ReadValues(EstimatorState state)
    {
        var categories = ReadCategories(state);
        return ReadMapping(state).ToDictionary(
            entry => entry.Key,
            entry => new ValueColumn(
                categories.GetValueOrDefault(entry.Key) ?? throw state.Fail($"its column '{Labels.NameOf(entry.Key)}' has values and no categories"),
                Labels.NameOf(entry.Key),
                CellMap.Read(state, entry.Value, $"mapping['{Labels.NameOf(entry.Key)}']")));
    }
}
