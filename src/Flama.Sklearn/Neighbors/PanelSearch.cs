using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Search among dense rows by a distance that <see cref="PanelIndex{TDistance}"/> knows.</summary>
internal sealed class PanelSearch<TDistance>(Matrix rows) : NeighborSearch
    where TDistance : struct, IPanelDistance
{
    private readonly PanelIndex<TDistance> index = new(rows);

    public override int Count => rows.Rows;

    public override int Columns => rows.Columns;

    public override void Find(FeatureBatch input, int count, Span<int> indices, Span<double> distances) =>
        index.Find(input.Numbers, count, indices, distances);

    public override int Within(FeatureBatch input, int row, double radius, Span<int> indices, Span<double> distances) =>
        index.Within(input.Row(row), radius, indices, distances);
}
