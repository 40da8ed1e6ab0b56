using Flama.Boosters.XGBoost;

namespace Flama.Sklearn.XGBoost;

/// <summary>Gradient boosting by XGBoost for classes.</summary>
/// <remarks>
/// Two classes: probability p of the second, which is predicted above 0.5. More: the softmax of the scores, the first largest. Several labels at
/// once: a probability each, 1 above 0.5. <c>apply</c> gives the leaves of all trees. All in float32; missing values go where training sent them. Source:
/// xgboost.sklearn, checked against 1.7.4.
/// </remarks>
internal sealed class XGBClassifier : Classifier, INativeModel
{
    private readonly XGBoostInput booster;
    private readonly int classes;

    private XGBClassifier(EstimatorState state, XGBoostInput booster, int classes, LabelSet labels)
        : base(state, labels)
    {
        this.booster = booster;
        this.classes = classes;
        FeatureCount = booster.Model.Features;
        FeatureNames = booster.Model.FeatureNames;
        Methods = booster.Model.Trees > 0 ? [Method.Predict, Method.PredictProba, Method.Apply] : [Method.Predict, Method.PredictProba];
    }

    public string Framework => "xgboost";

    public string FrameworkVersion => booster.Model.Version;

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => booster.Input;

    public override bool TakesSparse => true;

    public override InputRule InputOf(Method method) => booster.InputOf(method);

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

    private XGBoostModel Model => booster.Model;

    // Several labels at once; two classes trained as if they were more are answered the same way.
    private bool IsMultiLabel => Model.Width > 1 && Model.Objective.Link != XGBoostLink.LargestClass && classes == 2;

    /// <summary>XGBClassifier and XGBRFClassifier.</summary>
    public static XGBClassifier Create(EstimatorState state)
    {
        var input = XGBoostInput.OfWrapper(state, out var told);
        var width = input.Model.Width;
        if (width > 1 && told > 2 && width != told)
        {
            throw state.Fail($"it has {told} classes and its booster {width} scores");
        }

        return new(state, input, told, Labels(state, Math.Max(told, width)));
    }

    /// <summary>What <c>apply</c> answers.</summary>
    public static OutputShape LeafShape(XGBoostModel model) => model.Trees == 1 ? OutputShape.Number : OutputShape.Numbers(model.Trees);

    public override OutputShape Shape(Method method, FeatureBatch? input) => method switch
    {
        Method.Apply => LeafShape(Model),
        Method.PredictProba => OutputShape.Numbers(Model.Width == 1 ? 2 : Model.Width),
        _ when IsMultiLabel => OutputShape.Numbers(Model.Width),
        _ => base.Shape(method, input),
    };

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => booster.Describe(columns);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Apply && Model.Trees > 0)
        {
            booster.FindLeaves(this, input, output);
            return;
        }

        var width = Model.Width;
        var buffer = BufferPool<float>.Rent(input.Rows * width);
        var predictions = buffer.AsSpan(0, input.Rows * width);
        booster.Predict(this, input, predictions);
        switch (method)
        {
            case Method.Predict:
                WriteLabels(predictions, width, output);
                break;
            case Method.PredictProba:
                WriteProbabilities(predictions, width, output);
                break;
            default:
                throw NoSuchMethod(method);
        }

        BufferPool<float>.Return(buffer);
    }

    // Until 1.5 any labels, encoded; then 0, 1, 2 … only, and since 2.0 not even stored.
    private static LabelSet Labels(EstimatorState state, int count)
    {
        if (state.Value("_le") is { } encoder)
        {
            var labels = state.Part(encoder, "_le").Labels("classes_");
            return labels.Count >= Math.Min(count, 2) ? labels : throw state.Fail($"it has {labels.Count} labels for {count} classes");
        }

        return new(Enumerable.Range(0, count).Select(label => Scalar.Of((long)label)));
    }

    private void WriteLabels(ReadOnlySpan<float> predictions, int width, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var of = predictions.Slice(row * width, width);
            if (!IsMultiLabel)
            {
                output[row, 0] = width > 1 ? XGBoostInput.Largest(of) : of[0] > 0.5f ? 1 : 0;
                continue;
            }

            for (var i = 0; i < of.Length; i++)
            {
                output[row, i] = of[i] > 0.5f ? 1 : 0;
            }
        }
    }

    private void WriteProbabilities(Span<float> predictions, int width, OutputSlice output)
    {
        if (Model.Objective.Link == XGBoostLink.LargestClass)
        {
            XGBoostObjective.Softmax(predictions, width);
        }

        for (var row = 0; row < output.Rows; row++)
        {
            var of = predictions.Slice(row * width, width);
            if (width == 1)
            {
                output[row, 0] = 1 - of[0];
                output[row, 1] = of[0];
                continue;
            }

            for (var i = 0; i < of.Length; i++)
            {
                output[row, i] = of[i];
            }
        }
    }
}
