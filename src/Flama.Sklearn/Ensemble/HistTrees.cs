namespace Flama.Sklearn.Ensemble;

/// <summary>The raw score of histogram gradient boosting: a constant plus the sum of all rounds' trees, one tree a class and round.</summary>
internal sealed class HistTrees
{
    private readonly SplitTrees<double> trees;
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

        trees = ReadAll(state, features, columns);
    }

    /// <summary>Scores a row: 1, or one per class when there are more than two.</summary>
    public int Columns { get; }

    /// <summary>Computes the raw scores.</summary>
    public void Score(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            baseline.CopyTo(output.Row(row));
        }

        var sink = new OutputSink(output);
        trees.Walk(input, ref sink);
    }

    private static SplitTrees<double> ReadAll(EstimatorState state, int features, int columns)
    {
        var builder = new SplitTreesBuilder<double>(features);
        var reader = new HistTreeReader(state, features, builder);
        var rounds = state.List("_predictors");
        for (var i = 0; i < rounds.Count; i++)
        {
            var round = EstimatorState.ItemsOf(rounds[i]);
            if (round?.Count != columns)
            {
                throw state.Fail($"round {i} of its boosting is {PythonType.NameOf(rounds[i])}, expected {columns} trees");
            }

            for (var j = 0; j < columns; j++)
            {
                reader.Add(round[j], $"_predictors[{i}][{j}]", j);
            }
        }

        return builder.Build();
    }
}
