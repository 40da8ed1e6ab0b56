using System.Buffers;

namespace Flama.Sklearn.Neighbors;

/// <summary>The nearest training rows of all rows of an input, and their distances, in buffers that go back at the end of a <c>using</c>.</summary>
internal readonly ref struct NeighborQuery
{
    private readonly int[] indexArray;
    private readonly double[] distanceArray;
    private readonly int count;
    private readonly int rows;

    /// <summary>Searches.</summary>
    /// <param name="search">Where.</param>
    /// <param name="input">The rows.</param>
    /// <param name="count">How many neighbors a row.</param>
    public NeighborQuery(NeighborSearch search, FeatureBatch input, int count)
    {
        this.count = count;
        rows = input.Rows;
        indexArray = ArrayPool<int>.Shared.Rent(rows * count);
        distanceArray = ArrayPool<double>.Shared.Rent(rows * count);
        search.Find(input, count, indexArray.AsSpan(0, rows * count), distanceArray.AsSpan(0, rows * count));
    }

    /// <summary>What <c>kneighbors</c> answers: distances, then positions.</summary>
    public static OutputShape Shape(int count) => OutputShape.List([OutputShape.Numbers(count), OutputShape.Integers(count)]);

    /// <summary>The positions for one row, nearest first.</summary>
    public ReadOnlySpan<int> Indices(int row) => indexArray.AsSpan(row * count, count);

    /// <summary>The distances for one row.</summary>
    public Span<double> Distances(int row) => distanceArray.AsSpan(row * count, count);

    /// <summary>Writes what <c>kneighbors</c> answers.</summary>
    public static void Write(NeighborSearch search, FeatureBatch input, int count, OutputSlice output)
    {
        using var query = new NeighborQuery(search, input, count);
        for (var row = 0; row < input.Rows; row++)
        {
            var target = output.Row(row);
            query.Distances(row).CopyTo(target);
            var indices = query.Indices(row);
            for (var i = 0; i < indices.Length; i++)
            {
                target[count + i] = indices[i];
            }
        }
    }

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(indexArray);
        ArrayPool<double>.Shared.Return(distanceArray);
    }
}
