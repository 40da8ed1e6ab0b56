using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.LinearModel;

/// <summary>
/// A classifier with one linear score a class, or one in all for two classes: the class of the first largest score, or the second class above 0.
/// RidgeClassifier, Perceptron, PassiveAggressiveClassifier and LinearSVC are no more than that.
/// </summary>
/// <remarks>
/// Trained on indicators of several labels (RidgeClassifier), every score above 0 is a label of its own. The labels are <c>classes_</c>, before 1.9 for ridge
/// <c>_label_binarizer.classes_</c>. Missing values are refused. Source: sklearn.linear_model and LinearSVC of sklearn.svm, checked against 0.23, 1.2,
/// 1.4 and 1.9.
/// </remarks>
internal class LinearClassifier : Classifier
{
    private readonly LinearMap map;
    private readonly bool isMultilabel;

    public LinearClassifier(EstimatorState state)
        : base(state, LabelsOf(state))
    {
        isMultilabel = BinarizerOf(state)?.OptionalText("y_type_")?.StartsWith("multilabel", StringComparison.Ordinal) ?? false;
        map = LinearMap.Read(state, FeatureCount);
        FeatureCount = map.Inputs;
        var expected = isMultilabel || Classes.Count > 2 ? Classes.Count : 1;
        if (map.Outputs != expected)
        {
            throw state.Fail($"its attribute 'coef_' has {map.Outputs} rows, expected {expected} for {Classes.Count} classes");
        }
    }

    public override bool TakesSparse => true;

    protected override bool HasDecisions => true;

    protected override int DecisionColumns => isMultilabel ? Classes.Count : base.DecisionColumns;

    public override OutputShape Shape(Method method, FeatureBatch? input) => isMultilabel && method == Method.Predict
        ? new OutputShape(PredictionKind.Integer, Classes.Count)
        : base.Shape(method, input);

    protected override void Decide(FeatureBatch input, OutputSlice output) => map.Apply(input, output);

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * DecisionColumns);
        var scores = new OutputSlice(scratch.Span, DecisionColumns);
        map.Apply(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            if (isMultilabel || DecisionColumns == 1)
            {
                for (var column = 0; column < DecisionColumns; column++)
                {
                    output[row, column] = scores[row, column] > 0 && (isMultilabel || Classes.Count > 1) ? 1 : 0;
                }
            }
            else
            {
                output[row, 0] = ArgMax(scores.Row(row));
            }
        }
    }

    /// <summary>Training refuses a single class where there are probabilities.</summary>
    protected void RequireTwoClasses(EstimatorState state)
    {
        if (Classes.Count < 2)
        {
            throw state.Fail($"it has {Classes.Count} class, expected 2 or more");
        }
    }

    private static LabelSet LabelsOf(EstimatorState state) =>
        state.Value("classes_") is NdArray ? state.Labels("classes_") : (BinarizerOf(state) ?? state).Labels("classes_");

    private static EstimatorState? BinarizerOf(EstimatorState state) =>
        state.Value("_label_binarizer") is PickleObject binarizer ? state.Part(binarizer, "_label_binarizer") : null;
}
