namespace Flama.Sklearn.Preprocessing;

/// <summary>Replaces each cell by the shrunken mean of the target over its category; with several classes, one mean a class.</summary>
/// <remarks>
/// An unknown category gets the mean over all rows. A missing value that training had is a category. Columns come feature by feature, classes within.
/// Source: sklearn.preprocessing._target_encoder, checked against 1.4 and 1.9.
/// </remarks>
internal sealed class TargetEncoder : CategoryEncoder
{
    private readonly double[][] encodings;
    private readonly double[] means;

    public TargetEncoder(EstimatorState state)
        : base(state)
    {
        var isMulticlass = state.Choice("target_type_", "continuous", "binary", "multiclass") == "multiclass";
        means = isMulticlass ? state.Vector("target_mean_") : [state.Number("target_mean_")];
        encodings = state.Vectors("encodings_");
        if (means.Length == 0 || encodings.Length != Tables.Length * means.Length)
        {
            throw state.Fail($"it has {encodings.Length} encodings for {Tables.Length} features and {means.Length} targets");
        }

        for (var i = 0; i < encodings.Length; i++)
        {
            if (encodings[i].Length != Tables[i / means.Length].Count)
            {
                throw state.Fail($"encodings_[{i}] has {encodings[i].Length} values for {Tables[i / means.Length].Count} categories");
            }
        }
    }

    protected override bool RefusesUnknown => false;

    public override int Width(int columns) => encodings.Length;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var texts = input.TextRow(row);
            var target = output.Row(row);
            for (var i = 0; i < numbers.Length; i++)
            {
                var category = Find(input, row, i, texts.IsEmpty ? null : texts[i], numbers[i]);
                for (var j = 0; j < means.Length; j++)
                {
                    var column = (i * means.Length) + j;
                    target[column] = category < 0 ? means[j] : encodings[column][category];
                }
            }
        }
    }
}
