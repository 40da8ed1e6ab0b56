namespace Flama.Sklearn.NeuralNetwork;

/// <summary>
/// Multi-layer perceptron classifier. One logistic output p gives the probabilities [1 − p, p] and the second class above ½; several logistic
/// outputs are labels of their own (multi-label, predicted as 0 or 1); otherwise softmax and the first largest probability.
/// </summary>
/// <remarks>
/// Missing values are refused. Overflow inside gives NaN probabilities, and then the first class, as in Python.
/// Source: sklearn.neural_network._multilayer_perceptron, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class MLPClassifier : Classifier
{
    private readonly LayerStack network;
    private readonly bool isMultilabel;

    public MLPClassifier(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        network = new LayerStack(state);
        FeatureCount ??= network.Inputs;
        if (FeatureCount != network.Inputs)
        {
            throw state.Fail($"its first layer takes {network.Inputs} features and the model takes {FeatureCount}");
        }

        isMultilabel = state.Part(state.Required("_label_binarizer"), "_label_binarizer").OptionalText("y_type_")
            ?.StartsWith("multilabel", StringComparison.Ordinal) ?? false;
        var expected = Classes.Count == 2 && !isMultilabel ? 1 : Classes.Count;
        if (network.Outputs != expected)
        {
            throw state.Fail($"its last layer gives {network.Outputs} values, expected {expected} for {Classes.Count} classes");
        }
    }

    protected override bool HasProbabilities => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) => isMultilabel && method == Method.Predict
        ? new OutputShape(PredictionKind.Integer, Classes.Count)
        : base.Shape(method, input);

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (network.Outputs > 1)
        {
            network.Forward(input, output);
            return;
        }

        network.Forward(input, output.Slice(1, 1));
        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = 1 - output[row, 1];
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * network.Outputs);
        var scores = new OutputSlice(scratch.Span, network.Outputs);
        network.Forward(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            if (network.Outputs > 1 && !isMultilabel)
            {
                output[row, 0] = ArgMax(scores.Row(row));
                continue;
            }

            for (var column = 0; column < network.Outputs; column++)
            {
                output[row, column] = scores[row, column] > 0.5 ? 1 : 0;
            }
        }
    }
}
