namespace Flama.Sklearn.Ensemble;

/// <summary>What classifier and regressor of histogram gradient boosting share: columns in, raw scores out.</summary>
internal sealed class HistModel
{
    private static readonly InputRule Numbers = new(TakesMissing: true, TakesInfinity: true, ParsesText: true);

    private readonly Estimator owner;
    private readonly HistInput? input;
    private readonly HistTrees trees;

    public HistModel(EstimatorState state, Estimator owner, int columns)
    {
        this.owner = owner;
        var features = owner.FeatureCount ?? throw state.Fail("it does not say how many features it takes");
        input = HistInput.Read(state, features, owner.FeatureNames);
        trees = new HistTrees(state, features, columns);
    }

    /// <summary>What cells it takes.</summary>
    public InputRule Input => input is null ? Numbers : InputRule.Anything;

    /// <summary>Whether its columns are picked by name, where training had names.</summary>
    public bool SelectsByName => input is not null;

    /// <summary>Says what each input column is used for.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> columns)
    {
        if (input is not null)
        {
            input.Describe(columns);
            return;
        }

        foreach (var column in columns)
        {
            column.UseAsNumber(parsesText: true, takesMissing: true, takesInfinity: true);
        }
    }

    /// <summary>Computes the raw scores.</summary>
    public void Score(FeatureBatch rows, OutputSlice output)
    {
        using var encoded = input?.Transform(owner, rows);
        trees.Score(encoded ?? rows, output);
    }
}
