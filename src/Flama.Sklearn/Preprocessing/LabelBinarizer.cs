using Flama.Json;

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
        method != Method.InverseTransform ? FeatureCount : isMultilabel || isMulticlass ? labels.Count : null;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.InverseTransform
        ? (isMultilabel ? new(PredictionKind.Integer, labels.Count) : OutputShape.Label(labels))
        : new(NumberKind, isMultilabel || TakesAsMany(input) ? labels.Count : 1) { IsOfAnyWidth = !isMultilabel && labels.Count == 2 };

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        if (isMultilabel)
        {
            base.Describe(columns, downstream);
            return;
        }

        columns[0].UseAsCategory(takesMissing: false);
        columns[0].Learn(labels.Labels);
        columns[0].OfferExample(labels[0]);
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        var takesAsMany = !isMultilabel && TakesAsMany(input);
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
            if (takesAsMany && position >= 0)
            {
                target[position] = positive;
            }
            else if (!takesAsMany && position == 1)
            {
                target[0] = positive;
            }
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        if (!isMulticlass && !isMultilabel && input.Columns is not (1 or 2))
        {
            throw InputCheck.Problem(new InputProblem(ProblemTypes.FeatureCount, $"{Name} takes back 1 or 2 columns for two labels and the rows have {input.Columns}."));
        }

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
                var value = isMultilabel ? values[i] : values[^1];
                output[row, i] = value > threshold && (isMultilabel || labels.Count > 1) ? 1 : 0;
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
                this, input, row, 0, ProblemTypes.NumberRange, $"the value {CategoryTable.Show(null, number)} is not a label, which is a whole number or a text");
        }

        return table.Find(text, number);
    }

    // One or two labels need one column, unless the rows show a third one.
    private bool TakesAsMany(FeatureBatch? input)
    {
        HashSet<(string?, double)> seen = [];
        for (var row = 0; labels.Count <= 2 && input is not null && row < input.Rows && seen.Count < 3; row++)
        {
            var text = input.TextAt(row, 0);
            seen.Add((text, text is null ? input.Row(row)[0] : 0));
        }

        return labels.Count > 2 || seen.Count > 2;
    }
}
