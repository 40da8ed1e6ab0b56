using Flama.Json;

namespace Flama.Sklearn.NaiveBayes;

/// <summary>Naive Bayes on categories numbered from 0: Σ feature_log_prob_[feature][class, cell] + class_log_prior_.</summary>
/// <remarks>
/// Cells are cut to whole numbers, strings must be such. A negative one, or one that training did not see (and <c>min_categories</c> does not allow), is refused; so are missing values.
/// Source: sklearn.naive_bayes, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class CategoricalNB : BayesClassifier
{
    private readonly Matrix[] logProbabilities;
    private readonly double[] priors;

    public CategoricalNB(EstimatorState state)
        : base(state)
    {
        logProbabilities = state.Matrices("feature_log_prob_");
        priors = state.Vector("class_log_prior_", Classes.Count);
        FeatureCount ??= logProbabilities.Length;
        if (logProbabilities.Length != FeatureCount || Array.Exists(logProbabilities, table => table.Rows != Classes.Count))
        {
            throw state.Fail($"its attribute 'feature_log_prob_' has {logProbabilities.Length} tables, expected {FeatureCount} of {Classes.Count} rows");
        }
    }

    public override InputRule Input => InputRule.WholeNumbers;

    protected override void JointLogLikelihood(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var target = output.Row(row);
            target.Clear();
            var cells = input.Row(row);
            for (var i = 0; i < cells.Length; i++)
            {
                var category = Math.Truncate(cells[i]);
                var table = logProbabilities[i];
                if (category < 0 || category >= table.Columns)
                {
                    throw InputCheck.CellProblem(
                        this, input, row, i, ProblemTypes.UnknownCategory, $"{Name} knows the categories 0 to {table.Columns - 1} and found {Scalar.Of(cells[i])}");
                }

                for (var c = 0; c < target.Length; c++)
                {
                    target[c] += table[c, (int)category];
                }
            }

            for (var c = 0; c < target.Length; c++)
            {
                target[c] += priors[c];
            }
        }
    }
}
