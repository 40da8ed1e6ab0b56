using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Cluster;

/// <summary>The nearest of some centres, the first with the smallest |c|² − 2 x·c, and the Euclidean distances to all.</summary>
internal sealed class NearestCenters
{
    private readonly Matrix centers;
    private readonly AffineMap ranks;

    public NearestCenters(Matrix centers)
    {
        this.centers = centers;
        var weights = centers.Transpose();
        var norms = new double[centers.Rows];
        for (var i = 0; i < norms.Length; i++)
        {
            foreach (var value in centers.Row(i))
            {
                norms[i] += value * value;
            }
        }

        foreach (ref var value in weights.Values.AsSpan())
        {
            value *= -2;
        }

        ranks = new AffineMap(weights, norms);
    }

    /// <summary>How many centres there are.</summary>
    public int Count => centers.Rows;

    /// <summary>Writes the number of each row's nearest centre.</summary>
    public void Assign(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * Count);
        var scores = new OutputSlice(scratch.Span, Count);
        Rank(input, scores);
        for (var row = 0; row < output.Rows; row++)
        {
            var rank = scores.Row(row);
            var nearest = 0;
            for (var i = 1; i < rank.Length; i++)
            {
                nearest = rank[i] < rank[nearest] ? i : nearest;
            }

            output[row, 0] = nearest;
        }
    }

    /// <summary>Writes the distance of each row to each centre.</summary>
    public void Measure(FeatureBatch input, OutputSlice output)
    {
        if (input.Sparse is { } sparse)
        {
            MeasureSparse(sparse, input, output);
            return;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            for (var i = 0; i < Count; i++)
            {
                output[row, i] = Math.Sqrt(SquaredDistance.Of(input.Row(row), centers.Row(i)));
            }
        }
    }

    private void MeasureSparse(SparseRows sparse, FeatureBatch input, OutputSlice output)
    {
        Rank(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            var norm = 0.0;
            foreach (var value in sparse.ValuesOf(row))
            {
                norm += value * value;
            }

            foreach (ref var distance in output.Row(row))
            {
                distance = Math.Sqrt(Math.Max(0, distance + norm));
            }
        }
    }

    private void Rank(FeatureBatch input, OutputSlice output)
    {
        if (input.Sparse is { } sparse)
        {
            ranks.Apply(sparse, output);
        }
        else
        {
            ranks.Apply(input.Numbers, output);
        }
    }
}
