using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>The raw score of histogram gradient boosting: a constant plus the sum of all rounds' trees, one tree a class and round.</summary>
internal sealed class HistTrees
{
    private readonly TreeEnsemble<double, TreeNode<double>>? numeric;
    private readonly TreeEnsemble<double, CategoryNode>? categorical;
    private readonly double[] baseline;

    /// <summary>Reads <c>_predictors</c> and <c>_baseline_prediction</c>.</summary>
    /// <param name="state">The estimator.</param>
    /// <param name="features">How many columns trees see.</param>
    /// <param name="columns">Scores a row.</param>
    public HistTrees(EstimatorState state, int features, int columns)
    {
        Columns = columns;
        baseline = state.Value("_baseline_prediction") is Pickle.Numpy.NdArray { IsNumeric: true } array
            ? array.ToDoubles()
            : [state.Number("_baseline_prediction")];
        if (baseline.Length != columns)
        {
            throw state.Fail($"its baseline has {baseline.Length} values, expected {columns}");
        }

        var trees = ReadAll(state, features, columns);
        if (trees.Exists(tree => tree.Tree.Tables is not null))
        {
            categorical = Build<CategoryNode>(state, features, trees);
        }
        else
        {
            numeric = Build<TreeNode<double>>(state, features, trees);
        }
    }

    /// <summary>Scores a row: 1, or one a class when there are more than two.</summary>
    public int Columns { get; }

    /// <summary>Computes the raw scores.</summary>
    public void Score(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            baseline.CopyTo(output.Row(row));
        }

        numeric?.Accumulate(input, output, Columns);
        categorical?.Accumulate(input, output, Columns);
    }

    private static List<(FlatTree Tree, double[] Values)> ReadAll(EstimatorState state, int features, int columns)
    {
        var reader = new HistTreeReader(state, features);
        var rounds = state.List("_predictors");
        var trees = new List<(FlatTree, double[])>(rounds.Count * columns);
        for (var i = 0; i < rounds.Count; i++)
        {
            var round = EstimatorState.ItemsOf(rounds[i]);
            if (round?.Count != columns)
            {
                throw state.Fail($"round {i} of its boosting is {PythonType.NameOf(rounds[i])}, expected {columns} trees");
            }

            for (var j = 0; j < columns; j++)
            {
                trees.Add((reader.Read(round[j], $"_predictors[{i}][{j}]", out var values), values));
            }
        }

        return trees;
    }

    private static TreeEnsemble<double, TNode> Build<TNode>(EstimatorState state, int features, List<(FlatTree Tree, double[] Values)> trees)
        where TNode : unmanaged, ITreeNode<TNode, double>
    {
        var builder = new TreeEnsembleBuilder<double, TNode>(features);
        foreach (var (tree, values) in trees)
        {
            builder.Add(state, tree, (node, _, leaves) => leaves.Add(values[node]));
        }

        return builder.Build(width: 1);
    }
}
