using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.NeuralNetwork;

/// <summary>Bernoulli restricted Boltzmann machine: the probability of each hidden unit, 1 / (1 + e^−(x·componentsᵀ + intercept)).</summary>
/// <remarks>
/// <c>score_samples</c> draws at random in Python and is left out. Missing values are refused. Source: sklearn.neural_network._rbm, checked against 1.2 (0.23, 1.4 and 1.9
/// compute the same).
/// </remarks>
internal sealed class BernoulliRBM : Transformer
{
    private readonly AffineMap map;

    public BernoulliRBM(EstimatorState state)
        : base(state)
    {
        var components = FeatureCount is { } features ? state.Matrix("components_", features) : state.Matrix("components_");
        FeatureCount ??= components.Columns;
        map = new AffineMap(components.Transpose(), state.Vector("intercept_hidden_", components.Rows));
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => true;

    public override int Width(int columns) => map.Outputs;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        if (input.Sparse is { } sparse)
        {
            map.Apply(sparse, output);
        }
        else
        {
            map.Apply(input.Numbers, output);
        }

        for (var row = 0; row < output.Rows; row++)
        {
            Expit.Apply(output.Row(row));
        }
    }
}
