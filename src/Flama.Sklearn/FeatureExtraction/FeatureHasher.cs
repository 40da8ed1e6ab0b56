using Flama.Json;
using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Adds the values of named features up in columns that hashes of the names point to.</summary>
/// <remarks>
/// Rows are objects (<c>input_type</c> 'dict' and 'pair') or lists of names that count 1 each ('string'). A text value counts 1 under the name
/// 'name=text'. Missing values are refused. Source: sklearn.feature_extraction._hash, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class FeatureHasher : SparseTransformer
{
    private readonly FeatureHashing hashing;
    private readonly bool takesNames;

    public FeatureHasher(EstimatorState state)
        : base(state)
    {
        hashing = new FeatureHashing(state);
        takesNames = state.Choice("input_type", "dict", "pair", "string") == "string";
        FeatureCount = null;
        NumberKind = NumberType.KindOf(state);
    }

    public override InputRule Input => InputRule.Anything;

    public override RowForm RowForm => takesNames ? RowForm.List : RowForm.Record;

    protected override PredictionKind NumberKind { get; }

    public override int Width(int columns) => hashing.Columns;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var column in columns)
        {
            column.UseAsCategory(takesMissing: false);
            column.OfferExample(takesNames ? Scalar.Of("a") : Scalar.Of(1.0));
        }
    }

    protected override void Fill(FeatureBatch input, SparseRows rows)
    {
        if (!takesNames && input.ColumnNames is null)
        {
            throw InputCheck.Problem(new InputProblem(ProblemTypes.RowType, $"{Name} takes rows that are objects of names and values."));
        }

        var sums = new TermCounts();
        var name = new TextBuffer();
        for (var row = 0; row < input.Rows; row++)
        {
            sums.Clear();
            for (var column = 0; column < input.Columns; column++)
            {
                AddCell(input, row, column, sums, name);
            }

            for (var i = 0; i < sums.Count; i++)
            {
                rows.Add(sums.Columns[i], sums.Values[i]);
            }

            rows.EndRow();
        }
    }

    private void AddCell(FeatureBatch input, int row, int column, TermCounts sums, TextBuffer name)
    {
        var text = input.TextAt(row, column);
        var number = input.Row(row)[column];
        if (text is null && FeatureBatch.IsNull(number))
        {
            return;
        }

        if (text is null && (takesNames || double.IsNaN(number)))
        {
            throw InputCheck.CellProblem(
                this, input, row, column, ProblemTypes.NumberRange, $"{Name} needs {(takesNames ? "a text" : "a value")} and found {CategoryOf(number)}");
        }

        if (text is null)
        {
            if (number != 0)
            {
                hashing.Add(input.ColumnNames![column], number, sums);
            }

            return;
        }

        name.Clear();
        if (!takesNames)
        {
            name.Add(input.ColumnNames![column]);
            name.Add('=');
        }

        name.Add(text);
        hashing.Add(name.Text, 1, sums);
    }

    private static string CategoryOf(double number) => double.IsNaN(number) ? "null" : Scalar.Of(number).ToString();
}
