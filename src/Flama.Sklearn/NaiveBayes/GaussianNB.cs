namespace Flama.Sklearn.NaiveBayes;

/// <summary>Gaussian naive Bayes: log prior − ½ Σ log(2πσ²) − ½ Σ (x − θ)² / σ², by class and feature.</summary>
/// <remarks>
/// Missing values are refused. The variances are <c>var_</c>, before 1.0 <c>sigma_</c>. Source: sklearn.naive_bayes, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class GaussianNB : BayesClassifier
{
    private readonly Matrix means;
    private readonly Matrix variances;
    private readonly double[] constants;

    public GaussianNB(EstimatorState state)
        : base(state)
    {
        means = state.Matrix("theta_");
        FeatureCount ??= means.Columns;
        means = state.Matrix("theta_", Classes.Count, FeatureCount.Value);
        variances = state.Matrix(state.FirstOf("var_", "sigma_"), Classes.Count, FeatureCount.Value);
        var priors = state.Vector("class_prior_", Classes.Count);
        constants = new double[Classes.Count];
        for (var i = 0; i < constants.Length; i++)
        {
            var sum = 0.0;
            foreach (var variance in variances.Row(i))
            {
                sum += Math.Log(2 * Math.PI * variance);
            }

            constants[i] = Math.Log(priors[i]) - (0.5 * sum);
        }
    }

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        base.Describe(columns, downstream);
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].OfferExample(Scalar.Of(Math.Round(means[0, i], 2)));
        }
    }

    protected override void JointLogLikelihood(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var x = input.Row(row);
            for (var c = 0; c < constants.Length; c++)
            {
                var mean = means.Row(c);
                var variance = variances.Row(c);
                var sum = 0.0;
                for (var i = 0; i < x.Length; i++)
                {
                    var difference = x[i] - mean[i];
                    sum += difference * difference / variance[i];
                }

                output[row, c] = constants[c] - (0.5 * sum);
            }
        }
    }
}
