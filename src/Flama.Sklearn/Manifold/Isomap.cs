using Flama.Sklearn.Neighbors;

namespace Flama.Sklearn.Manifold;

/// <summary>Isomap: shortest ways from a row by its neighbors to all training rows, then the projection of −½ of their squares that training learnt.</summary>
/// <remarks>
/// Neighbors are the k nearest or, since 1.1, all within a radius; a row without any is an error. Missing values are refused. Source: sklearn.manifold._isomap,
/// checked against 1.2 (0.23, 1.4 and 1.9 compute the same).
/// </remarks>
internal sealed class Isomap : Transformer
{
    private readonly NeighborSearch search;
    private readonly Matrix distances;
    private readonly Estimator projection;
    private readonly int count;
    private readonly double radius;

    public Isomap(EstimatorState state)
        : base(state)
    {
        var neighbors = state.Part(state.Required("nbrs_"), "nbrs_");
        search = NeighborSearch.Read(neighbors, FeatureCount);
        FeatureCount ??= search.Columns;
        distances = state.Matrix("dist_matrix_", search.Count, search.Count);
        projection = state.Estimator("kernel_pca_");
        if (!projection.Has(Method.Transform) || (projection.FeatureCount ?? search.Count) != search.Count)
        {
            throw state.Fail($"its projection ({projection.Name}) does not take {search.Count} kernels");
        }

        if (state.Value("n_neighbors") is null && state.Value("radius") is not null)
        {
            radius = state.Number("radius");
        }
        else
        {
            count = search.ReadCount(state, "n_neighbors");
        }
    }

    public override InputRule Input => search.Input;

    public override bool TakesSparse => search.TakesSparse;

    public override int Width(int columns) => projection.Shape(Method.Transform, null).Width;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var kernels = FeatureBatch.RentUninitialized(input.Rows, search.Count, firstRow: input.FirstRow);
        if (count > 0)
        {
            using var query = new NeighborQuery(search, input, count);
            for (var row = 0; row < input.Rows; row++)
            {
                Link(query.Indices(row), query.Distances(row), kernels.WritableRow(row));
            }
        }
        else
        {
            using var query = new RadiusQuery(search);
            for (var row = 0; row < input.Rows; row++)
            {
                query.Find(input, row, radius);
                Require(query.Indices.Length > 0, input.FirstRow + row);
                Link(query.Indices, query.Distances, kernels.WritableRow(row));
            }
        }

        projection.Run(Method.Transform, kernels, output);
    }

    private void Require(bool hasNeighbors, int row)
    {
        if (!hasNeighbors)
        {
            throw InputCheck.Problem(new InputProblem("no_neighbors", $"Row {row} has no training row within {radius} ({Name}).", row));
        }
    }

    private void Link(ReadOnlySpan<int> neighbors, ReadOnlySpan<double> lengths, Span<double> kernels)
    {
        kernels.Fill(double.PositiveInfinity);
        for (var i = 0; i < neighbors.Length; i++)
        {
            var ways = distances.Row(neighbors[i]);
            for (var j = 0; j < kernels.Length; j++)
            {
                kernels[j] = Math.Min(kernels[j], ways[j] + lengths[i]);
            }
        }

        foreach (ref var kernel in kernels)
        {
            kernel = -0.5 * kernel * kernel;
        }
    }
}
