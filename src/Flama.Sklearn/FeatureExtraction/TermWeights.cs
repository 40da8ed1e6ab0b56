using Flama.Json;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Weighs counts of terms: 1 + log where sublinear, times the inverse document frequency, divided by the norm of the row.</summary>
internal sealed class TermWeights
{
    private readonly double[]? idf;
    private readonly bool isSublinear;
    private readonly RowNormKind? norm;

    /// <summary>Reads the attributes of a <c>TfidfTransformer</c>.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="columns">How many terms there are; null when the attributes alone say so.</param>
    public TermWeights(EstimatorState state, int? columns)
    {
        isSublinear = state.Flag("sublinear_tf", false);
        norm = RowNorm.Read(state, "norm");
        idf = state.Flag("use_idf", true) ? IdfOf(state) : null;
        if (idf is not null && columns is { } expected && idf.Length != expected)
        {
            throw state.Fail($"it has {idf.Length} inverse document frequencies for {expected} terms");
        }
    }

    /// <summary>How many terms there are; null when it takes any number.</summary>
    public int? Columns => idf?.Length;

    /// <summary>Weighs the stored values of one row.</summary>
    public void Apply(ReadOnlySpan<int> columns, Span<double> values)
    {
        for (var i = 0; isSublinear && i < values.Length; i++)
        {
            values[i] = Math.Log(values[i]) + 1;
        }

        for (var i = 0; idf is not null && i < values.Length; i++)
        {
            values[i] *= idf[columns[i]];
        }

        if (norm is { } kind)
        {
            CheckFinite(columns, values);
            RowNorm.Apply(values, kind);
        }
    }

    // An inverse frequency is infinite where training never saw the term and nothing smoothed it; scikit-learn refuses to divide such a row by its norm.
    private static void CheckFinite(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw InputCheck.Problem(new InputProblem(
                    ProblemTypes.Infinity, $"The weight of the term in column {columns[i]} is {Scalar.Of(values[i])}, so that the row has no norm: training never saw the term, or its count is not above 0."));
            }
        }
    }

    // Up to 1.4 a sparse diagonal matrix.
    private static double[] IdfOf(EstimatorState state)
    {
        if (!state.Has("_idf_diag"))
        {
            return state.Vector("idf_");
        }

        var diagonal = state.Sparse("_idf_diag") ?? throw state.Fail("its _idf_diag is not a sparse matrix");
        if (diagonal.Rows != diagonal.Columns || diagonal.Rows > diagonal.IndexPointers.Length)
        {
            throw state.Fail($"its _idf_diag has shape ({diagonal.Rows}, {diagonal.Columns})");
        }

        var frequencies = new double[diagonal.Rows];
        for (var row = 0; row < diagonal.Rows; row++)
        {
            for (var i = diagonal.IndexPointers[row]; i < diagonal.IndexPointers[row + 1]; i++)
            {
                frequencies[row] += diagonal.Indices[i] == row ? diagonal.Data[i] : throw state.Fail("its _idf_diag has values beside the diagonal");
            }
        }

        return frequencies;
    }
}
