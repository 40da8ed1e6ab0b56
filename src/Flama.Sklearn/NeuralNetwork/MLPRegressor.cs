namespace Flama.Sklearn.NeuralNetwork;

/// <summary>Multi-layer perceptron regressor; one output gives one value per row, several give a row of values.</summary>
/// <remarks>
/// The last layer is as it comes out or, for <c>loss='poisson'</c> (since 1.7), its exponential. Missing values are refused. Source: sklearn.neural_network._multilayer_perceptron, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class MLPRegressor : Regressor
{
    private readonly LayerStack network;

    public MLPRegressor(EstimatorState state)
        : base(state)
    {
        network = new LayerStack(state);
        FeatureCount ??= network.Inputs;
        if (FeatureCount != network.Inputs)
        {
            throw state.Fail($"its first layer takes {network.Inputs} features and the model takes {FeatureCount}");
        }
    }

    protected override int? Outputs => network.Outputs == 1 ? null : network.Outputs;

    protected override void Predict(FeatureBatch input, OutputSlice output) => network.Forward(input, output);
}
