using Flama.Json;
using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Puts the values of named features into the columns of training: numbers as they are, a text as a 1 in the column of its name and value.</summary>
/// <remarks>
/// Rows are objects. Names and texts that training did not have are ignored; a null that is written out is NaN. Going back to objects is not offered.
/// Source: sklearn.feature_extraction._dict_vectorizer, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class DictVectorizer : SparseTransformer
{
    private readonly Vocabulary vocabulary;
    private readonly string separator;
    private readonly bool isSparse;

    public DictVectorizer(EstimatorState state)
        : base(state)
    {
        vocabulary = new Vocabulary(state);
        separator = state.OptionalText("separator") ?? "=";
        isSparse = state.Flag("sparse", true);
        NumberKind = NumberType.KindOf(state);
        FeatureCount = null;
    }

    public override InputRule Input => InputRule.Anything;

    public override RowForm RowForm => RowForm.Record;

    public override bool GivesSparse => isSparse && vocabulary.Count >= SparseWidth;

    protected override PredictionKind NumberKind { get; }

    public override int Width(int columns) => vocabulary.Count;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var column in columns)
        {
            column.UseAsCategory(takesMissing: true);
            column.OfferExample(Scalar.Of(1.0));
        }
    }

    protected override void Fill(FeatureBatch input, SparseRows rows)
    {
        var names = input.ColumnNames
            ?? throw InputCheck.Problem(new InputProblem(ProblemTypes.RowType, $"{Name} takes rows that are objects of names and values."));
        var sums = new TermCounts();
        var name = new TextBuffer();
        for (var row = 0; row < input.Rows; row++)
        {
            sums.Clear();
            for (var column = 0; column < input.Columns; column++)
            {
                AddCell(names[column], input.TextAt(row, column), input.Row(row)[column], sums, name);
            }

            for (var i = 0; i < sums.Count; i++)
            {
                rows.Add(sums.Columns[i], sums.Values[i]);
            }

            rows.EndRow();
        }
    }

    private void AddCell(string feature, string? text, double number, TermCounts sums, TextBuffer name)
    {
        if (text is null)
        {
            if (!FeatureBatch.IsNull(number) && vocabulary.TryFind(feature, out var column))
            {
                sums.Add(column, number);
            }

            return;
        }

        name.Clear();
        name.Add(feature);
        name.Add(separator);
        name.Add(text);
        if (vocabulary.TryFind(name.Text, out var found))
        {
            sums.Add(found, 1);
        }
    }
}
