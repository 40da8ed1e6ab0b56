namespace Flama.Sklearn.Numerics;

/// <summary>A tree as its file has it: one entry a node, the root first.</summary>
/// <param name="Left">The left child; −1 at a leaf.</param>
/// <param name="Right">The right child.</param>
/// <param name="Feature">The column that decides; ignored at a leaf.</param>
/// <param name="Threshold">Go left when the cell is at most this.</param>
/// <param name="MissingLeft">Whether missing cells go left; null when there can be none.</param>
/// <param name="Tables">For each node that looks categories up its table, see <see cref="CategoryNode"/>; null when there is no such node.</param>
internal sealed record FlatTree(int[] Left, int[] Right, int[] Feature, double[] Threshold, bool[]? MissingLeft, ulong[]?[]? Tables = null)
{
    /// <summary>How many nodes.</summary>
    public int Count => Left.Length;

    /// <summary>Whether the node has no children.</summary>
    public bool IsLeaf(int node) => Left[node] == -1;

    /// <summary>The nodes level by level, the two children of a node side by side, with the depth of each.</summary>
    /// <param name="state">Whose tree it is, for errors.</param>
    /// <param name="features">How many columns there are.</param>
    /// <exception cref="FlamaException">A child or feature does not exist, a node has two parents, or a threshold is NaN.</exception>
    public (List<int> Order, List<int> Depths) Levels(EstimatorState state, int features)
    {
        var order = new List<int>(Count) { 0 };
        var depths = new List<int>(Count) { 0 };
        var isPlaced = new bool[Count];
        isPlaced[0] = true;
        for (var i = 0; i < order.Count; i++)
        {
            var node = order[i];
            if (IsLeaf(node))
            {
                continue;
            }

            CheckSplit(state, node, features);
            foreach (var child in (ReadOnlySpan<int>)[Left[node], Right[node]])
            {
                if ((uint)child >= (uint)Count || isPlaced[child])
                {
                    throw state.Fail($"node {node} has the children {Left[node]} and {Right[node]}, and there are {Count} nodes with one parent each");
                }

                isPlaced[child] = true;
                order.Add(child);
                depths.Add(depths[i] + 1);
            }
        }

        return (order, depths);
    }

    private void CheckSplit(EstimatorState state, int node, int features)
    {
        if ((uint)Feature[node] >= (uint)features)
        {
            throw state.Fail($"node {node} splits on feature {Feature[node]} of {features}");
        }

        if (double.IsNaN(Threshold[node]))
        {
            throw state.Fail($"node {node} compares with NaN");
        }
    }
}
