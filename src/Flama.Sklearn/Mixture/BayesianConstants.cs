using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Mixture;

/// <summary>
/// What a Bayesian mixture adds to the log density of each component: E[ln weight] − ½ d ln ν + ½ (d ln 2 + Σ ψ(½ (ν − i)) − d/β), with ν degrees of freedom, the mean's precision β
/// and i from 0 to d − 1.
/// </summary>
internal static class BayesianConstants
{
    public static double[] Read(EstimatorState state, int components, int features)
    {
        var freedoms = state.Broadcast("degrees_of_freedom_", components);
        var precisions = state.Broadcast("mean_precision_", components);
        var constants = LogWeights(state, components);
        for (var k = 0; k < components; k++)
        {
            if (!(freedoms[k] > features - 1))
            {
                throw state.Fail($"it has {freedoms[k]} degrees of freedom for {features} features");
            }

            var sum = features * Math.Log(2);
            for (var i = 0; i < features; i++)
            {
                sum += Digamma.Precise(0.5 * (freedoms[k] - i));
            }

            constants[k] += (-0.5 * features * Math.Log(freedoms[k])) + (0.5 * (sum - (features / precisions[k])));
        }

        return constants;
    }

    private static double[] LogWeights(EstimatorState state, int components)
    {
        if (state.Choice("weight_concentration_prior_type", "dirichlet_process", "dirichlet_distribution") == "dirichlet_distribution")
        {
            var concentration = Positive(state, state.Vector("weight_concentration_", components));
            var total = Digamma.Precise(concentration.Sum());
            return Array.ConvertAll(concentration, value => Digamma.Precise(value) - total);
        }

        var pair = state.Vectors("weight_concentration_");
        if (pair.Length != 2 || pair[0].Length != components || pair[1].Length != components)
        {
            throw state.Fail($"its attribute 'weight_concentration_' is not two arrays of {components} values");
        }

        var (first, second) = (Positive(state, pair[0]), Positive(state, pair[1]));
        var weights = new double[components];
        var rest = 0.0;
        for (var k = 0; k < components; k++)
        {
            var both = Digamma.Precise(first[k] + second[k]);
            weights[k] = Digamma.Precise(first[k]) - both + rest;
            rest += Digamma.Precise(second[k]) - both;
        }

        return weights;
    }

    private static double[] Positive(EstimatorState state, double[] values) =>
        Array.TrueForAll(values, value => value > 0) ? values : throw state.Fail("a concentration of its weights is not above 0");
}
