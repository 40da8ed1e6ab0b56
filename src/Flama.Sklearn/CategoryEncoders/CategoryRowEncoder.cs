using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>Replaces each encoded column by several, whose numbers training laid down for each category.</summary>
/// <remarks>
/// OneHotEncoder, BinaryEncoder, BaseNEncoder, GrayEncoder, RankHotEncoder and the contrasts (Sum, Helmert, BackwardDifference, Polynomial). A category without a row
/// gives NaN; with RankHotEncoder it gives zeros unless it was told otherwise, and OneHotEncoder takes a missing cell for the row of −2. Up to 2.6 the contrasts put a column of ones before all others; the names that come out say so.
/// Source: category_encoders, checked against 2.6.4 and 2.11.2.
/// </remarks>
internal sealed class CategoryRowEncoder : CategoryTransformer
{
    private const string Intercept = "intercept";
    private const double Missing = -2;

    public CategoryRowEncoder(EstimatorState state)
        : base(state)
    {
        Func<double, double>? replace = state.ClassName == "OneHotEncoder" ? code => double.IsNaN(code) ? Missing : code : null;
        var absent = state.ClassName == "RankHotEncoder" ? Ranks(state) : null;
        var categories = ReadCategories(state);
        var rows = ReadFrames(state);
        var outputs = Arrange(state, i => !categories.TryGetValue(i, out var category) ? null
            : rows.TryGetValue(i, out var found) ? new CodeColumns(category, found, replace, absent)
            : new ValueColumn(category, category.Name, null));
        Outputs = state.OptionalTexts("feature_names_out_") is [Intercept, ..] && !Labels.Has(Intercept) ? [new ConstantColumn(Intercept, 1), .. outputs] : outputs;
    }

    private static Func<double, double> Ranks(EstimatorState state)
    {
        var unknown = state.Text("handle_unknown") == "return_nan" ? double.NaN : 0;
        var missing = state.Text("handle_missing") == "return_nan" ? double.NaN : unknown;
        return code => double.IsNaN(code) ? missing : unknown;
    }
}
