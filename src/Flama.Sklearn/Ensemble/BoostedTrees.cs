using Flama.Pickle.Numpy;
using Flama.Sklearn.Tree;

namespace Flama.Sklearn.Ensemble;

/// <summary>The raw score of gradient boosting: start plus learning rate times the sum of all rounds' trees, one tree a class and round.</summary>
internal sealed class BoostedTrees
{
    private readonly TreeEnsemble trees;
    private readonly BoostingStart start;

    public BoostedTrees(EstimatorState state, int features, int columns, BoostingStart start)
    {
        this.start = start;
        Columns = columns;
        var learningRate = state.Number("learning_rate");
        var estimators = state.Array("estimators_");
        if (estimators.Type.Kind != DTypeKind.Object || estimators.Shape.Count != 2 || estimators.Shape[1] != columns)
        {
            throw state.Fail($"its attribute 'estimators_' is {PythonType.NameOf(estimators)}, expected objects in {columns} columns");
        }

        var reader = new TreeReader(state, features, takesMissing: false);
        for (var i = 0; i < estimators.Items.Count; i++)
        {
            reader.Add(state.Part(estimators.Items[i], $"estimators_[{i}]").Required("tree_"), $"estimators_[{i}].tree_", normalize: false, learningRate, i % columns);
        }

        trees = reader.Build();
        if (trees.Width != 1)
        {
            throw state.Fail($"its leaves have {trees.Width} values, expected 1");
        }
    }

    /// <summary>Scores a row: 1, or one per class when there are more than two.</summary>
    public int Columns { get; }

    /// <summary>Whether sparse rows need not be made dense.</summary>
    public bool TakesSparse => start.TakesSparse;

    /// <summary>How many rounds of boosting.</summary>
    public int Rounds => trees.Count / Columns;

    /// <summary>Writes the number of the leaf in each tree, round by round.</summary>
    public void Apply(FeatureBatch input, OutputSlice output) => trees.Apply(input, output);

    /// <summary>Computes the raw scores.</summary>
    public void Score(FeatureBatch input, OutputSlice output)
    {
        start.Fill(input, output);
        trees.Accumulate(input, output);
    }
}
