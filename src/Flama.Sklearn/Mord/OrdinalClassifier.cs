using System.Numerics.Tensors;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Mord;

/// <summary>An ordinal logistic model: the class is how many thresholds the linear part has passed.</summary>
/// <remarks>LogisticAT, LogisticIT and LogisticSE, which differ in training only. The classes are the whole numbers from the smallest label on. Source: mord, checked against 0.7.</remarks>
internal sealed class OrdinalClassifier : Classifier
{
    private readonly double[] coefficients;
    private readonly double[] thresholds;

    public OrdinalClassifier(EstimatorState state)
        : base(state, LabelsOf(state))
    {
        coefficients = state.Vector("coef_");
        thresholds = state.Vector("theta_");
        FeatureCount = coefficients.Length;
    }

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var linear = TensorPrimitives.Dot(input.Row(row), coefficients);
            output[row, 0] = thresholds.Count(threshold => threshold - linear < 0);
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var linear = TensorPrimitives.Dot(input.Row(row), coefficients);
            var below = 0.0;
            for (var i = 0; i < output.Columns; i++)
            {
                var upTo = i < thresholds.Length ? Expit.Of(thresholds[i] - linear) : 1;
                output[row, i] = upTo - below;
                below = upTo;
            }
        }
    }

    private static LabelSet LabelsOf(EstimatorState state)
    {
        var labels = state.AsScalars(state.Required("classes_"), "classes_");
        if (labels.Length == 0 || labels.Any(label => label.Kind != ScalarKind.Integer))
        {
            throw state.Fail("its classes_ are not whole numbers");
        }

        var smallest = labels.Min(label => label.Integer);
        return new([.. Enumerable.Range(0, state.Vector("theta_").Length + 1).Select(i => Scalar.Of(smallest + i))]);
    }
}
