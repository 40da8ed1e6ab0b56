using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tree;

/// <summary>A regressor whose prediction is the mean of its trees' leaf values: a single tree or a forest.</summary>
internal abstract class TreeRegressor : Regressor
{
    private readonly TreeEnsemble trees;
    private readonly InputRule input;

    /// <summary>Takes the trees over.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="trees">Reads the trees that belong to it.</param>
    protected TreeRegressor(EstimatorState state, Func<EstimatorState, int, TreeReader> trees)
        : base(state)
    {
        var features = FeatureCount ?? throw state.Fail("it does not say how many features it takes");
        var reader = trees(state, features);
        this.trees = reader.Build();
        input = TreeInput.RuleFor(reader);
        Outputs = this.trees.Width == 1 ? null : this.trees.Width;
    }

    public override InputRule Input => input;

    protected override int? Outputs { get; }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        TreeInput.Clear(output);
        trees.Accumulate(input, output);
        if (trees.Count > 1)
        {
            TreeInput.Divide(output, trees.Count);
        }
    }
}
