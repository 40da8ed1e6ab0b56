using Flama.Json;

namespace Flama.Sklearn.Preprocessing;

/// <summary>One column a label, 1 where the row has it; a row is a list of any number of labels.</summary>
/// <remarks>
/// Labels that training did not have are ignored. Rows are as wide as the longest list and end in null; going back gives such rows.
/// Source: sklearn.preprocessing._label, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class MultiLabelBinarizer : SparseTransformer
{
    private readonly LabelSet labels;
    private readonly CategoryTable table;
    private readonly bool isSparse;

    public MultiLabelBinarizer(EstimatorState state)
        : base(state)
    {
        labels = state.Labels("classes_");
        table = new CategoryTable(labels.Labels);
        isSparse = state.Flag("sparse_output", false);
        FeatureCount = null;
    }

    public override InputRule Input => InputRule.Anything;

    public override RowForm RowForm => RowForm.List;

    public override bool GivesSparse => isSparse && labels.Count >= SparseWidth;

    protected override PredictionKind NumberKind => PredictionKind.Integer;

    protected override bool HasInverse => true;

    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? InputRule.Numbers : Input;

    public override int? ColumnsOf(Method method) => method == Method.InverseTransform ? labels.Count : null;

    public override int Width(int columns) => labels.Count;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.InverseTransform ? new(PredictionKind.Mixed, labels.Count) : base.Shape(method, input);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        columns[0].UseAsCategory(takesMissing: false);
        if (labels.Count > 0)
        {
            columns[0].OfferExample(labels[0]);
        }
    }

    protected override void Fill(FeatureBatch input, SparseRows rows)
    {
        var lastSeen = new int[labels.Count];
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var texts = input.TextRow(row);
            for (var i = 0; i < numbers.Length; i++)
            {
                var text = texts.IsEmpty ? null : texts[i];
                var position = text is null && FeatureBatch.IsNull(numbers[i]) ? -1 : table.Find(text, numbers[i]);
                if (position >= 0 && lastSeen[position] != row + 1)
                {
                    lastSeen[position] = row + 1;
                    rows.Add(position, 1);
                }
            }

            rows.EndRow();
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var count = 0;
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is not (0 or 1))
                {
                    throw InputCheck.CellProblem(this, input, row, i, ProblemTypes.NumberRange, $"the value {Scalar.Of(values[i])} is neither 0 nor 1");
                }

                if (values[i] == 1)
                {
                    output[row, count] = labels[i].Number;
                    output.SetText(row, count++, labels[i].Text);
                }
            }

            for (; count < labels.Count; count++)
            {
                output[row, count] = FeatureBatch.Null;
            }
        }
    }
}
