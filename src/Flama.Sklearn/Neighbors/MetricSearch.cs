using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Search among dense rows by any metric.</summary>
internal sealed class MetricSearch(Matrix rows, Metric metric) : NeighborSearch
{
    public override int Count => rows.Rows;

    public override int Columns => rows.Columns;

    public override InputRule Input => metric.TakesMissing ? InputRule.Numbers with { TakesMissing = true } : InputRule.Numbers;

    public override void Find(FeatureBatch input, int count, Span<int> indices, Span<double> distances)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var query = input.Row(row);
            var list = new NearestList(indices.Slice(row * count, count), distances.Slice(row * count, count));
            for (var i = 0; i < rows.Rows; i++)
            {
                list.Add(i, metric.Rank(query, rows.Row(i)));
            }
        }

        foreach (ref var distance in distances)
        {
            distance = metric.FromRank(distance);
        }
    }

    public override int Within(FeatureBatch input, int row, double radius, Span<int> indices, Span<double> distances)
    {
        var query = input.Row(row);
        var limit = metric.ToRank(radius);
        var found = 0;
        for (var i = 0; i < rows.Rows; i++)
        {
            var rank = metric.Rank(query, rows.Row(i));
            if (rank <= limit)
            {
                indices[found] = i;
                distances[found++] = metric.FromRank(rank);
            }
        }

        return found;
    }
}
