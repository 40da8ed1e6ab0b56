using Flama.Pickle.Scipy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Search among sparse rows: the query is spread out once, then compared with the entries of each row.</summary>
internal sealed class SparseSearch : NeighborSearch
{
    private readonly SparseArray rows;
    private readonly SparseMetric metric;
    private readonly double[] norms;

    public SparseSearch(SparseArray rows, SparseMetric metric)
    {
        this.rows = Merge(rows);
        this.metric = metric;
        norms = new double[rows.Rows];
        for (var row = 0; row < norms.Length; row++)
        {
            norms[row] = Norm(this.rows.Data.AsSpan(this.rows.IndexPointers[row]..this.rows.IndexPointers[row + 1]));
        }
    }

    public override int Count => rows.Rows;

    public override int Columns => rows.Columns;

    public override bool TakesSparse => true;

    public override void Find(FeatureBatch input, int count, Span<int> indices, Span<double> distances)
    {
        using var scratch = new Scratch(rows.Columns);
        scratch.Span.Clear();
        for (var row = 0; row < input.Rows; row++)
        {
            var norm = Spread(input, row, scratch.Span);
            var list = new NearestList(indices.Slice(row * count, count), distances.Slice(row * count, count));
            for (var i = 0; i < rows.Rows; i++)
            {
                list.Add(i, Rank(scratch.Span, norm, i));
            }

            Unspread(input, row, scratch.Span);
        }

        foreach (ref var distance in distances)
        {
            distance = metric.IsSquared ? Math.Sqrt(distance) : distance;
        }
    }

    public override int Within(FeatureBatch input, int row, double radius, Span<int> indices, Span<double> distances)
    {
        using var scratch = new Scratch(rows.Columns);
        scratch.Span.Clear();
        var norm = Spread(input, row, scratch.Span);
        var limit = metric.IsSquared ? radius * radius : radius;
        var found = 0;
        for (var i = 0; i < rows.Rows; i++)
        {
            var rank = Rank(scratch.Span, norm, i);
            if (rank <= limit)
            {
                indices[found] = i;
                distances[found++] = metric.IsSquared ? Math.Sqrt(rank) : rank;
            }
        }

        return found;
    }

    // A column may occur more than once in a row of a file; sums of entries are what it means.
    private static SparseArray Merge(SparseArray rows)
    {
        var data = new List<double>(rows.Data.Length);
        var indices = new List<int>(rows.Data.Length);
        var pointers = new int[rows.Rows + 1];
        var entries = new SortedDictionary<int, double>();
        for (var row = 0; row < rows.Rows; row++)
        {
            entries.Clear();
            for (var i = rows.IndexPointers[row]; i < rows.IndexPointers[row + 1]; i++)
            {
                entries[rows.Indices[i]] = entries.GetValueOrDefault(rows.Indices[i]) + rows.Data[i];
            }

            indices.AddRange(entries.Keys);
            data.AddRange(entries.Values);
            pointers[row + 1] = data.Count;
        }

        return new(rows.Rows, rows.Columns, [.. data], [.. indices], pointers);
    }

    private double Rank(ReadOnlySpan<double> query, double norm, int row)
    {
        var sum = 0.0;
        for (var i = rows.IndexPointers[row]; i < rows.IndexPointers[row + 1]; i++)
        {
            var x = query[rows.Indices[i]];
            var y = rows.Data[i];
            sum += metric.IsManhattan ? Math.Abs(x - y) - Math.Abs(x) - Math.Abs(y) : x * y;
        }

        return metric.Formula(sum, norm, norms[row]);
    }

    private double Norm(ReadOnlySpan<double> values)
    {
        var norm = 0.0;
        foreach (var value in values)
        {
            norm += metric.IsManhattan ? Math.Abs(value) : value * value;
        }

        return norm;
    }

    private double Spread(FeatureBatch input, int row, Span<double> spread)
    {
        if (input.Sparse is not { } sparse)
        {
            input.Row(row).CopyTo(spread);
            return Norm(spread);
        }

        var columns = sparse.ColumnsOf(row);
        var values = sparse.ValuesOf(row);
        for (var i = 0; i < columns.Length; i++)
        {
            spread[columns[i]] = values[i];
        }

        return Norm(values);
    }

    private static void Unspread(FeatureBatch input, int row, Span<double> spread)
    {
        if (input.Sparse is not { } sparse)
        {
            return;
        }

        foreach (var column in sparse.ColumnsOf(row))
        {
            spread[column] = 0;
        }
    }
}
