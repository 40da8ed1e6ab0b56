using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Rows that are distances to the training rows themselves; of a sparse row only what is stored is a neighbor.</summary>
internal sealed class PrecomputedSearch(int count) : NeighborSearch
{
    public override int Count => count;

    public override int Columns => count;

    public override bool TakesSparse => true;

    public override void Find(FeatureBatch input, int count, Span<int> indices, Span<double> distances)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var list = new NearestList(indices.Slice(row * count, count), distances.Slice(row * count, count));
            if (input.Sparse is { } sparse)
            {
                var columns = sparse.ColumnsOf(row);
                var values = sparse.ValuesOf(row);
                if (columns.Length < count)
                {
                    throw InputCheck.Problem(new InputProblem(
                        "too_few_neighbors",
                        $"Row {input.FirstRow + row} has distances to {columns.Length} training rows, and {count} neighbors are looked for.",
                        input.FirstRow + row));
                }

                for (var i = 0; i < columns.Length; i++)
                {
                    list.Add(columns[i], values[i]);
                }

                continue;
            }

            var numbers = input.Row(row);
            for (var i = 0; i < numbers.Length; i++)
            {
                list.Add(i, numbers[i]);
            }
        }
    }

    public override int Within(FeatureBatch input, int row, double radius, Span<int> indices, Span<double> distances)
    {
        var columns = input.Sparse is { } sparse ? sparse.ColumnsOf(row) : [];
        var values = input.Sparse is null ? input.Row(row) : input.Sparse.ValuesOf(row);
        var found = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] <= radius)
            {
                indices[found] = input.Sparse is null ? i : columns[i];
                distances[found++] = values[i];
            }
        }

        return found;
    }
}
