namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Weighs rows of counts by how rare each term was in training (tf-idf).</summary>
/// <remarks>
/// 1 + log of the count where <c>sublinear_tf</c>, times the inverse document frequency where <c>use_idf</c>, divided by the l1 or l2 norm of the row. Zeros stay
/// zeros. Missing and infinite values are refused. Source: sklearn.feature_extraction.text, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class TfidfTransformer : Transformer
{
    private readonly TermWeights weights;

    public TfidfTransformer(EstimatorState state)
        : base(state)
    {
        weights = new TermWeights(state, FeatureCount);
        FeatureCount ??= weights.Columns;
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => true;

    public override bool KeepsSparse => true;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var rows = new SparseRows(input.Columns, input.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                if (values[column] != 0)
                {
                    rows.Add(column, values[column]);
                }
            }

            rows.EndRow();
            weights.Apply(rows.ColumnsOf(row), rows.ValuesOf(row));
        }

        output.Write(rows);
    }

    protected override void TransformStored(ReadOnlySpan<int> columns, Span<double> values) => weights.Apply(columns, values);
}
