using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tree;

/// <summary>What a tree estimator reads from its file.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="Input">What cells they take.</param>
/// <param name="Leaves">What <c>apply</c> answers: one number, or one per tree.</param>
internal sealed record TreeModel(TreeEnsemble Trees, InputRule Input, OutputShape Leaves)
{
    /// <summary>Writes the mean of the trees' leaf values.</summary>
    public void Average(FeatureBatch input, OutputSlice output)
    {
        RowSums.Clear(output);
        Trees.Accumulate(input, output);
        if (Trees.Count > 1)
        {
            RowSums.Divide(output, Trees.Count);
        }
    }
}
