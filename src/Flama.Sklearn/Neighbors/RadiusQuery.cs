using System.Buffers;

namespace Flama.Sklearn.Neighbors;

/// <summary>The training rows within a distance of a row, in buffers that go back at the end of a <c>using</c>.</summary>
internal ref struct RadiusQuery
{
    private readonly NeighborSearch search;
    private readonly int[] indexArray;
    private readonly double[] distanceArray;
    private int found;

    /// <summary>Rents the buffers.</summary>
    public RadiusQuery(NeighborSearch search)
    {
        this.search = search;
        indexArray = ArrayPool<int>.Shared.Rent(search.Count);
        distanceArray = ArrayPool<double>.Shared.Rent(search.Count);
    }

    /// <summary>The positions found last.</summary>
    public readonly ReadOnlySpan<int> Indices => indexArray.AsSpan(0, found);

    /// <summary>Their distances.</summary>
    public readonly Span<double> Distances => distanceArray.AsSpan(0, found);

    /// <summary>Searches for one row.</summary>
    public void Find(FeatureBatch input, int row, double radius) => found = search.Within(input, row, radius, indexArray, distanceArray);

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(indexArray);
        ArrayPool<double>.Shared.Return(distanceArray);
    }
}
