namespace Flama.Sklearn;

/// <summary>A transformer whose results are mostly zeros and are made as sparse rows: vectorizers, encoders.</summary>
internal abstract class SparseTransformer(EstimatorState state) : Transformer(state)
{
    /// <inheritdoc/>
    public override bool GivesSparse => true;

    /// <summary>Adds one row to the result for each row of input.</summary>
    protected abstract void Fill(FeatureBatch input, SparseRows rows);

    /// <inheritdoc/>
    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        var rows = new SparseRows(Width(input.Columns), input.Rows);
        Fill(input, rows);
        return FeatureBatch.OfSparse(rows, input.FirstRow);
    }

    /// <inheritdoc/>
    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var sparse = ComputeSparse(input);
        output.Write(sparse.Sparse!);
    }
}
