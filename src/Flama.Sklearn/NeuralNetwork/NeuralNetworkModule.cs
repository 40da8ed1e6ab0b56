namespace Flama.Sklearn.NeuralNetwork;

/// <summary>The estimators of <c>sklearn.neural_network</c>.</summary>
internal static class NeuralNetworkModule
{
    private const string Module = "sklearn.neural_network._multilayer_perceptron";
    private const string OldModule = "sklearn.neural_network.multilayer_perceptron";

    public static readonly EstimatorEntry[] Entries =
    [
        new("BernoulliRBM", state => new BernoulliRBM(state), "sklearn.neural_network._rbm", "sklearn.neural_network.rbm"),
        new("MLPClassifier", state => new MLPClassifier(state), Module, OldModule),
        new("MLPRegressor", state => new MLPRegressor(state), Module, OldModule),
    ];
}
