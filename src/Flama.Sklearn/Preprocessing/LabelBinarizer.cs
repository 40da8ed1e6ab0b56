namespace Flama.Sklearn.Preprocessing;

/// <summary>One column a label, <c>pos_label</c> where the row has that label and <c>neg_label</c> elsewhere; a single column for two labels.</summary>
/// <remarks>
/// A label that training did not have gives <c>neg_label</c> everywhere. Rows of more than two different labels get one column a label even where training
/// had two labels, as scikit-learn looks at the rows it is given. Labels that are fractions are refused, and so are missing ones.
/// Source: sklearn.preprocessing._label, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LabelBinarizer : Transformer
{
    private readonly LabelSet labels;
    private readonly CategoryTable table;
    private readonly double positive;
    private readonly double negative;
    private readonly bool isMultilabel;
    private readonly bool isMulticlass;

    public LabelBinarizer(EstimatorState state)
        : base(state)
    {
        labels = state.Labels("classes_");
        table = new CategoryTable(labels.Labels);
        positive = state.Number("pos_label", 1);
        negative = state.Number("neg_label", 0);
        var type = state.Choice("y_type_", "binary", "multiclass", "multilabel-indicator");
        isMultilabel = type == "multilabel-indicator";
        isMulticlass = type == "multiclass";
        FeatureCount = isMultilabel ? labels.Count : 1;
        if (labels.Count == 0)
        {
            throw state.Fail("it has no labels");
        }
    }

    public override InputRule Input => isMultilabel ? InputRule.Numbers : InputRule.Anything;

    public override bool IsRowwise => isMultilabel || labels.Count > 2;

    protected override PredictionKind NumberKind => PredictionKind.Integer;

    protected override bool HasInverse => true;

    public override InputRule InputOf(Method method) =>
        method == Method.InverseTransform ? new InputRule(TakesMissing: true, TakesInfinity: true, ParsesText: false) : Input;

    public override int? ColumnsOf(Method method) =>
        method == Method.InverseTransform ? (isMultilabel || isMulticlass ? labels.Count : 1) : FeatureCount;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.InverseTransform
        ? (isMultilabel ? new(PredictionKind.Integer, labels.Count) : OutputShape.Label(labels))
        : new(NumberKind, ColumnsFor(input));

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        if (isMultilabel)
        {
            base.Describe(columns, downstream);
            return;
        }

        columns[0].UseAsCategory(takesMissing: false);
        columns[0].OfferExample(labels[0]);
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var target = output.Row(row);
            if (isMultilabel)
            {
                Mark(input.Row(row), target);
                continue;
            }

            var position = PositionOf(input, row);
            target.Fill(negative);
            if (target.Length == labels.Count && position >= 0 && labels.Count > 1)
            {
                target[position] = positive;
            }
            else if (target.Length == 1 && position == 1)
            {
                target[0] = positive;
            }
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        var threshold = (positive + negative) / 2;
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            if (isMulticlass)
            {
                output[row, 0] = LargestOf(values);
                continue;
            }

            for (var i = 0; i < output.Columns; i++)
            {
                output[row, i] = values[i] > threshold && (isMultilabel || labels.Count > 1) ? 1 : 0;
            }
        }
    }

    private static int LargestOf(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 0; i < values.Length && !double.IsNaN(values[best]); i++)
        {
            best = values[i] > values[best] || double.IsNaN(values[i]) ? i : best;
        }

        return best;
    }

    private void Mark(ReadOnlySpan<double> values, Span<double> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = values[i] == 0 ? negative : positive == 1 ? Math.Truncate(values[i]) : positive;
        }
    }

    private int PositionOf(FeatureBatch input, int row)
    {
        var (text, number) = (input.TextAt(row, 0), input.Row(row)[0]);
        if (text is null && !(number == Math.Floor(number) && double.IsFinite(number)))
        {
            throw InputCheck.CellProblem(
                this, input, row, 0, "no_label", $"the value {CategoryTable.Show(null, number)} is no label, which is a whole number or a text");
        }

        return table.Find(text, number);
    }

    // Two labels need one column, unless the rows show a third one.
    private int ColumnsFor(FeatureBatch? input)
    {
        if (isMultilabel || labels.Count > 2)
        {
            return labels.Count;
        }

        HashSet<(string?, double)> seen = [];
        for (var row = 0; input is not null && row < input.Rows && seen.Count < 3; row++)
        {
            var text = input.TextAt(row, 0);
            seen.Add((text, text is null ? input.Row(row)[0] : 0));
        }

        return seen.Count > 2 ? labels.Count : 1;
    }
}
