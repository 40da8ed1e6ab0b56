using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Search among dense rows by a distance that <see cref="PanelIndex{TDistance}"/> knows.</summary>
/// <remarks>The index is made for the first query, by one thread, so that a model of many rows loads as fast as they are read.</remarks>
internal sealed class PanelSearch<TDistance>(Matrix rows) : NeighborSearch
    where TDistance : struct, IPanelDistance
{
    private readonly Lazy<PanelIndex<TDistance>> index = new(() => new PanelIndex<TDistance>(rows));

    public override int Count => rows.Rows;

    public override int Columns => rows.Columns;

    public override void Find(FeatureBatch input, int count, Span<int> indices, Span<double> distances) =>
        index.Value.Find(input.Numbers, count, indices, distances);

    public override int Within(FeatureBatch input, int row, double radius, Span<int> indices, Span<double> distances) =>
        index.Value.Within(input.Row(row), radius, indices, distances);
}
