using Flama.Sklearn.Numerics;
using Flama.Sklearn.Tree;

namespace Flama.Sklearn.Ensemble;

/// <summary>Isolation forest: the score is −2^(−d / c), d the mean depth at which the trees isolate a row, c the mean depth for a training set of that size.</summary>
/// <remarks>
/// A leaf of n training rows counts as deep as a tree over them: c(n) = 2 (ln(n − 1) + γ) − 2 (n − 1) / n, c(2) = 1, c(1) = 0. Cells are rounded to
/// float32; missing ones are taken since 1.6. Source: sklearn.ensemble._iforest, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class IsolationForest : OutlierDetector
{
    private const double EulerGamma = 0.5772156649015329;

    private readonly TreeEnsemble trees;
    private readonly double denominator;

    public IsolationForest(EstimatorState state)
        : base(state)
    {
        var takesMissing = state.Version.IsAtLeast(1, 6);
        Input = InputRule.Floats32 with { TakesMissing = takesMissing, TakesInfinity = takesMissing, ParsesText = state.Version.IsAtLeast(1, 4) };
        trees = Read(state, takesMissing);
        denominator = trees.Count * PathLength((long)state.Number(state.FirstOf("max_samples_", "_max_samples")));
    }

    public override InputRule Input { get; }

    public override bool TakesSparse => true;

    protected override void Score(FeatureBatch input, OutputSlice output)
    {
        RowSums.Clear(output);
        trees.Accumulate(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            // A training set of one row gives 0 / 0, which scikit-learn takes for 1.
            output[row, 0] = -Math.Pow(2, denominator == 0 ? -1 : -output[row, 0] / denominator);
        }
    }

    private static double PathLength(long samples) => samples switch
    {
        <= 1 => 0,
        2 => 1,
        _ => (2 * (Math.Log(samples - 1.0) + EulerGamma)) - (2 * (samples - 1.0) / samples),
    };

    private TreeEnsemble Read(EstimatorState state, bool takesMissing)
    {
        var features = FeatureCount ?? throw state.Fail("it does not say how many features it takes");
        var estimators = state.List("estimators_");
        var columns = state.List("estimators_features_");
        if (columns.Count != estimators.Count)
        {
            throw state.Fail($"it has columns for {columns.Count} trees, of which there are {estimators.Count}");
        }

        var reader = new TreeReader(state, features, takesMissing);
        for (var i = 0; i < estimators.Count; i++)
        {
            reader.Add(
                state.Part(estimators[i], $"estimators_[{i}]").Required("tree_"),
                $"estimators_[{i}].tree_",
                state.AsIntegers(columns[i], $"estimators_features_[{i}]"),
                (samples, depth) => depth + PathLength(samples));
        }

        return reader.Build();
    }
}
