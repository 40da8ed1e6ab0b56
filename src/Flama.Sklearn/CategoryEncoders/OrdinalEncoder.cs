namespace Flama.Sklearn.CategoryEncoders;

/// <summary>Replaces each cell of the encoded columns by the number of its category.</summary>
/// <remarks>Source: category_encoders.ordinal, checked against 2.6.4 and 2.11.2.</remarks>
internal sealed class OrdinalEncoder : CategoryTransformer
{
    public OrdinalEncoder(EstimatorState state)
        : base(state)
    {
        var categories = CategoryColumn.ReadAll(state, Labels, state);
        Outputs = Arrange(state, i => categories.TryGetValue(i, out var category) ? new ValueColumn(category, category.Name, null) : null);
    }
}
