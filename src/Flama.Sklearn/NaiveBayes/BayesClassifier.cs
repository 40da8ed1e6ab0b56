using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.NaiveBayes;

/// <summary>A classifier that computes each class's joint log likelihood; probabilities are its exponentials, normalised.</summary>
internal abstract class BayesClassifier(EstimatorState state) : Classifier(state, state.Labels("classes_"))
{
    protected override bool HasProbabilities => true;

    /// <summary>Computes log P(class) + log P(row | class), up to a term that all classes share.</summary>
    protected abstract void JointLogLikelihood(FeatureBatch input, OutputSlice output);

    protected override void PredictLogProbabilities(FeatureBatch input, OutputSlice output)
    {
        JointLogLikelihood(input, output);
        LogSumExp.Normalize(output);
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        PredictLogProbabilities(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            foreach (ref var value in output.Row(row))
            {
                value = Math.Exp(value);
            }
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * Classes.Count);
        var scores = new OutputSlice(scratch.Span, Classes.Count);
        JointLogLikelihood(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = ArgMax(scores.Row(row));
        }
    }
}
