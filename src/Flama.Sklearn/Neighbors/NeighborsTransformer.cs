using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>
/// One column a training row: its distance, or 1, where it is a neighbor, 0 elsewhere. Neighbors are the k nearest (one more in 'distance' mode, since a training row finds itself) or
/// all within a radius.
/// </summary>
/// <remarks>
/// As sparse rows, neighbors at distance 0 are stored. Missing values are refused. Source: sklearn.neighbors._graph, checked against 1.2 (0.23, 1.4 and 1.9 compute
/// the same).
/// </remarks>
internal sealed class NeighborsTransformer : Transformer
{
    private readonly NeighborSearch search;
    private readonly bool givesDistances;
    private readonly int count;
    private readonly double? radius;

    /// <summary>Reads the transformer.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="isRadius">Whether neighbors are those within a radius.</param>
    public NeighborsTransformer(EstimatorState state, bool isRadius)
        : base(state)
    {
        search = NeighborSearch.Read(state, FeatureCount);
        FeatureCount ??= search.Columns;
        givesDistances = state.Choice("mode", "distance", "connectivity") == "distance";
        radius = isRadius ? state.Number("radius") : null;
        count = isRadius ? 0 : search.ReadCount(state, "n_neighbors", givesDistances ? 1 : 0);
        Methods = isRadius ? base.Methods : [.. base.Methods, Method.KNeighbors];
        Neighbors = isRadius ? 0 : search.ReadCount(state, "n_neighbors");
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => search.Input;

    public override bool TakesSparse => search.TakesSparse;

    public override bool GivesSparse => true;

    // What kneighbors looks for.
    private int Neighbors { get; }

    public override int Width(int columns) => search.Count;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.KNeighbors ? NeighborQuery.Shape(Neighbors) : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.KNeighbors)
        {
            NeighborQuery.Write(search, input, Neighbors, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var graph = ComputeSparse(input);
        RowSums.Clear(output);
        for (var row = 0; row < input.Rows; row++)
        {
            var columns = graph.Sparse!.ColumnsOf(row);
            var values = graph.Sparse.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                output[row, columns[i]] = values[i];
            }
        }
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        var graph = new SparseRows(search.Count, input.Rows);
        if (radius is { } limit)
        {
            using var query = new RadiusQuery(search);
            for (var row = 0; row < input.Rows; row++)
            {
                query.Find(input, row, limit);
                Add(graph, query.Indices, query.Distances);
            }
        }
        else
        {
            using var query = new NeighborQuery(search, input, count);
            for (var row = 0; row < input.Rows; row++)
            {
                Add(graph, query.Indices(row), query.Distances(row));
            }
        }

        return FeatureBatch.OfSparse(graph, input.FirstRow);
    }

    private void Add(SparseRows graph, ReadOnlySpan<int> indices, ReadOnlySpan<double> distances)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            graph.Add(indices[i], givesDistances ? distances[i] : 1);
        }

        graph.EndRow();
    }
}
