using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Exact search among training rows. Immutable and thread-safe.</summary>
/// <remarks>The tree that scikit-learn may have stored finds the same rows, except where distances are equal: there it is walked (<see cref="TiedSearch"/>).</remarks>
internal abstract class NeighborSearch
{
    private const int FewRows = 32;

    /// <summary>How many training rows there are.</summary>
    public abstract int Count { get; }

    /// <summary>Columns of a row.</summary>
    public abstract int Columns { get; }

    /// <summary>What cells it takes.</summary>
    public virtual InputRule Input => InputRule.Numbers;

    /// <summary>Whether it computes with sparse rows as they are.</summary>
    public virtual bool TakesSparse => false;

    /// <summary>Reads <c>_fit_X</c> and the metric.</summary>
    /// <param name="state">The estimator's attributes.</param>
    /// <param name="features">How many columns it takes; null when it does not say.</param>
    public static NeighborSearch Read(EstimatorState state, int? features)
    {
        var name = MetricReader.NameOf(state);
        if (name == "precomputed")
        {
            var count = state.Integer("n_samples_fit_", features ?? 0);
            return count > 0 && count == (features ?? count)
                ? new PrecomputedSearch(count)
                : throw state.Fail($"it takes distances to {features} training rows, of which there are {count}");
        }

        if (state.Sparse("_fit_X") is { } sparse)
        {
            return features is null || sparse.Columns == features
                ? new SparseSearch(sparse, SparseMetric.Find(name) ?? throw state.Unsupported($"metric='{name}' on sparse rows"))
                : throw state.Fail($"its training rows have {sparse.Columns} columns and it takes {features} features");
        }

        var rows = features is { } columns ? state.Matrix("_fit_X", columns) : state.Matrix("_fit_X");
        var search = Of(state, rows);
        return TiedSearch.TreeOf(state, rows) is { } tree ? new TiedSearch(search, tree) : search;
    }

    /// <summary>A search among dense rows.</summary>
    public static NeighborSearch Of(EstimatorState state, Matrix rows)
    {
        if (rows.Rows == 0 || rows.Columns == 0)
        {
            throw state.Fail($"its training rows have the shape ({rows.Rows}, {rows.Columns})");
        }

        // Few rows are looked through as fast one by one, and panels would be mostly empty.
        return rows.Rows < FewRows ? new MetricSearch(rows, new MetricReader(state, rows.Columns).Read()) : MetricReader.NameOf(state) switch
        {
            "euclidean" => new PanelSearch<EuclideanPanels>(rows),
            "manhattan" => new PanelSearch<ManhattanPanels>(rows),
            "chebyshev" => new PanelSearch<ChebyshevPanels>(rows),
            _ => new MetricSearch(rows, new MetricReader(state, rows.Columns).Read()),
        };
    }

    /// <summary>Finds the nearest rows of each row of the input, nearest first; of equal ones those that scikit-learn's tree meets, else the earlier first.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="count">How many are wanted, at most <see cref="Count"/>.</param>
    /// <param name="indices">The positions found, <paramref name="count"/> a row.</param>
    /// <param name="distances">Their distances.</param>
    public abstract void Find(FeatureBatch input, int count, Span<int> indices, Span<double> distances);

    /// <summary>Finds the training rows within a distance, in their order.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="radius">The distance, itself included.</param>
    /// <param name="indices">The positions found; has <see cref="Count"/> places.</param>
    /// <param name="distances">Their distances; has as many places.</param>
    /// <returns>How many were found.</returns>
    public abstract int Within(FeatureBatch input, int row, double radius, Span<int> indices, Span<double> distances);

    /// <summary>Reads how many neighbors an estimator looks for.</summary>
    public int ReadCount(EstimatorState state, string attribute, int more = 0)
    {
        var count = state.Integer(attribute, 5) + more;
        return count >= 1 && count <= Count ? count : throw state.Fail($"it looks for {count} neighbors among {Count} rows");
    }
}
