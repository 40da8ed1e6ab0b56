namespace Flama.Sklearn.Neighbors;

/// <summary>Exact search for the nearest training rows.</summary>
/// <remarks>The tree that scikit-learn may have stored is not needed: it finds the same rows, except for the order of equal distances.</remarks>
internal sealed class NeighborSearch
{
    private readonly Matrix rows;
    private readonly Metric metric;

    public NeighborSearch(EstimatorState state, int? features)
    {
        rows = features is { } columns ? state.Matrix("_fit_X", columns) : state.Matrix("_fit_X");
        metric = Metric.Read(state);
        Neighbors = state.Integer("n_neighbors", 5);
        if (Neighbors < 1 || Neighbors > rows.Rows)
        {
            throw state.Fail($"it looks for {Neighbors} neighbors among {rows.Rows} rows");
        }
    }

    /// <summary>How many neighbors are looked for.</summary>
    public int Neighbors { get; }

    /// <summary>How many training rows there are.</summary>
    public int Count => rows.Rows;

    /// <summary>Columns of a row.</summary>
    public int Columns => rows.Columns;

    /// <summary>Finds the nearest rows, nearest first, the earlier of equal ones first.</summary>
    /// <param name="row">The row to search for.</param>
    /// <param name="indices">The positions found.</param>
    /// <param name="distances">Their distances.</param>
    public void Find(ReadOnlySpan<double> row, Span<int> indices, Span<double> distances)
    {
        var found = 0;
        for (var i = 0; i < rows.Rows; i++)
        {
            var rank = metric.Rank(row, rows.Row(i));
            if (found == indices.Length && !(rank < distances[^1]))
            {
                continue;
            }

            var at = found < indices.Length ? found++ : found - 1;
            for (; at > 0 && rank < distances[at - 1]; at--)
            {
                distances[at] = distances[at - 1];
                indices[at] = indices[at - 1];
            }

            distances[at] = rank;
            indices[at] = i;
        }

        foreach (ref var distance in distances)
        {
            distance = metric.FromRank(distance);
        }
    }
}
