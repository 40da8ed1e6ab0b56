using Flama.Trees;

namespace Flama.Boosters.XGBoost;

/// <summary>Leaves with one number for each target.</summary>
/// <param name="values">The numbers of all leaves.</param>
/// <param name="width">Numbers a leaf.</param>
internal sealed class VectorLeaves(float[] values, int width) : ILeafModel<float>
{
    public void Add(int leaf, FeatureBatch input, int row, Span<float> sums, int column)
    {
        var of = values.AsSpan(leaf * width, width);
        for (var i = 0; i < of.Length; i++)
        {
            sums[i] += of[i];
        }
    }
}
