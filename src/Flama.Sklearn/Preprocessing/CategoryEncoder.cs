using Flama.Json;

namespace Flama.Sklearn.Preprocessing;

/// <summary>A transformer that looks each cell up among the categories of its column.</summary>
internal abstract class CategoryEncoder : Transformer
{
    protected CategoryEncoder(EstimatorState state)
        : base(state)
    {
        Tables = CategoryTable.Read(state);
        FeatureCount ??= Tables.Length;
        if (FeatureCount != Tables.Length)
        {
            throw state.Fail($"it has categories for {Tables.Length} features and takes {FeatureCount}");
        }
    }

    public override InputRule Input => InputRule.Anything;

    /// <summary>The categories of each column.</summary>
    protected CategoryTable[] Tables { get; }

    /// <summary>Whether a cell that is not a category is an error.</summary>
    protected abstract bool RefusesUnknown { get; }

    public override bool TakesMissing(bool downstream) => !RefusesUnknown || Tables.All(table => table.HasMissing);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var table = Tables[i];
            columns[i].UseAsCategory(!RefusesUnknown || table.HasMissing, RefusesUnknown ? table.Sayable() : null);
            columns[i].Learn(table.Categories);
            if (table.Sayable() is [var first, ..])
            {
                columns[i].OfferExample(first);
            }
        }
    }

    /// <summary>The position of a cell's category; −1 when it is none and that is not an error.</summary>
    protected int Find(FeatureBatch input, int row, int column, string? text, double number)
    {
        var category = Tables[column].Find(text, number);
        return category >= 0 || !RefusesUnknown
            ? category
            : throw InputCheck.CellProblem(
                this, input, row, column, ProblemTypes.UnknownCategory, $"{CategoryTable.Show(text, number)} is not a category that training had");
    }
}
