using Flama.Json;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Replaces labels by their positions among the labels of training, and back.</summary>
/// <remarks>
/// One column of labels; a label that training did not have is an error, and so is a position that does not exist.
/// Source: sklearn.preprocessing._label, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LabelEncoder : Transformer
{
    private readonly LabelTable table;

    public LabelEncoder(EstimatorState state)
        : base(state)
    {
        table = new LabelTable(state);
        FeatureCount = 1;
    }

    public override InputRule Input => InputRule.Anything;

    protected override bool HasInverse => true;

    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? InputRule.Numbers : Input;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.InverseTransform ? OutputShape.Label(table.Labels) : OutputShape.Integer;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        var labels = table.Labels.Labels;
        columns[0].UseAsCategory(takesMissing: labels.Any(label => label.Kind == ScalarKind.Null || (label.IsNumber && double.IsNaN(label.Number))));
        columns[0].Learn(labels);
        if (labels.Count > 0)
        {
            columns[0].OfferExample(labels[0]);
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var (text, number) = (input.TextAt(row, 0), input.Row(row)[0]);
            var position = table.Find(text, number);
            output[row, 0] = position >= 0
                ? position
                : throw InputCheck.CellProblem(
                    this, input, row, 0, ProblemTypes.UnknownCategory, $"{CategoryTable.Show(text, number)} is not a label that training had");
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var position = input.Row(row)[0];
            output[row, 0] = position >= 0 && position < table.Labels.Count && position == Math.Floor(position)
                ? position
                : throw InputCheck.CellProblem(
                    this, input, row, 0, ProblemTypes.NumberRange, $"there is no label {Scalar.Of(position)}, only {table.Labels.Count}");
        }
    }
}
