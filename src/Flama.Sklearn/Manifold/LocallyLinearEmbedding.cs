using Flama.Sklearn.Neighbors;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Manifold;

/// <summary>Locally linear embedding: the weights that make a row of its nearest training rows, adding up to 1, make its place of theirs.</summary>
/// <remarks>Missing values are refused. Source: sklearn.manifold._locally_linear, checked against 1.2 (0.23, 1.4 and 1.9 compute the same).</remarks>
internal sealed class LocallyLinearEmbedding : Transformer
{
    private readonly NeighborSearch search;
    private readonly Matrix training;
    private readonly Matrix embedding;
    private readonly int count;
    private readonly double regularization;

    public LocallyLinearEmbedding(EstimatorState state)
        : base(state)
    {
        var neighbors = state.Part(state.Required("nbrs_"), "nbrs_");
        search = NeighborSearch.Read(neighbors, FeatureCount);
        FeatureCount ??= search.Columns;
        training = neighbors.Matrix("_fit_X", search.Count, search.Columns);
        embedding = state.Matrix("embedding_");
        if (embedding.Rows != search.Count)
        {
            throw state.Fail($"it has places for {embedding.Rows} training rows, of which there are {search.Count}");
        }

        count = search.ReadCount(state, "n_neighbors");
        regularization = state.Number("reg", 1e-3);
    }

    public override int Width(int columns) => embedding.Columns;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var query = new NeighborQuery(search, input, count);
        using var scratch = new Scratch(count + (count * search.Columns));
        var weights = scratch.Span[..count];
        var differences = scratch.Span[count..];
        var gram = new Matrix(new double[count * count], count, count);
        for (var row = 0; row < output.Rows; row++)
        {
            var neighbors = query.Indices(row);
            Weigh(input.Row(row), neighbors, differences, gram, weights);
            var place = output.Row(row);
            place.Clear();
            for (var i = 0; i < count; i++)
            {
                var other = embedding.Row(neighbors[i]);
                for (var column = 0; column < place.Length; column++)
                {
                    place[column] += weights[i] * other[column];
                }
            }
        }
    }

    private void Weigh(ReadOnlySpan<double> row, ReadOnlySpan<int> neighbors, Span<double> differences, Matrix gram, Span<double> weights)
    {
        for (var i = 0; i < count; i++)
        {
            System.Numerics.Tensors.TensorPrimitives.Subtract(training.Row(neighbors[i]), row, differences.Slice(i * row.Length, row.Length));
        }

        var trace = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                gram.Values[(i * count) + j] = DotProduct.Of(differences.Slice(i * row.Length, row.Length), differences.Slice(j * row.Length, row.Length));
            }

            trace += gram[i, i];
        }

        var factor = new CholeskyFactor(gram, count);
        for (var i = 0; i < count; i++)
        {
            gram.Values[(i * count) + i] += trace > 0 ? regularization * trace : regularization;
            factor.Add(i, Math.Sqrt(factor.Rest(i)));
        }

        weights.Fill(1);
        factor.Solve(weights);
        Softmax.Normalize(weights);
    }
}
