using System.Globalization;

namespace Flama.Boosters.XGBoost;

/// <summary>A booster of XGBoost by itself or in a wrapper for classes, numbers or ranks.</summary>
/// <remarks>
/// Numbers: the objective's function of the sum of base score and trees; a <c>Booster</c> gives probabilities where it was trained for classes. Two classes:
/// probability p of the second, which is predicted above 0.5. More: the softmax of the scores, the first largest. Several labels at once: a probability each, 1
/// above 0.5. Wrappers have <c>apply</c>, the leaves of all trees. All in float32; missing values go where training sent them. They may come in as NaN or as the
/// wrapper's <c>missing</c>; so may infinite ones, except into a linear booster. Source: xgboost.sklearn and xgboost.core, checked against 0.90, 1.0.2, 1.3.3,
/// 1.5.2, 1.7.4, 1.7.6, 2.0.3, 2.1.4, 3.0.5, 3.1.3 and 3.2.0.
/// </remarks>
internal sealed class XGBoostPredictor : BoosterPredictor
{
    private static readonly InputRule FiniteOrMissing = new(TakesMissing: true, TakesInfinity: false, ParsesText: false) { IsFloat32 = true };
    private static readonly InputRule AnyNumber = new(TakesMissing: true, TakesInfinity: true, ParsesText: false);

    private readonly XGBoostModel model;
    private readonly CategoryCodes? codes;
    private readonly InputRule input;
    private readonly bool isMultiLabel;

    private XGBoostPredictor(XGBoostModel model, XGBoostWrapper? wrapper, LabelSet? labels, bool isMultiLabel)
        : base(wrapper?.ClassName ?? "Booster")
    {
        this.model = model;
        this.isMultiLabel = isMultiLabel;
        Labels = labels;
        codes = model.Categories is null ? null : new CategoryCodes(model.Categories, unknownIsMissing: false);
        input = RuleOf(model, copiesRows: wrapper is null);
        Answers = [.. AnswersOf(hasLeaves: wrapper is not null && model.Trees > 0)];
    }

    public override string Framework => "xgboost";

    public override string FrameworkVersion => model.Version;

    public override int Features => model.Features;

    public override IReadOnlyList<string>? FeatureNames => model.FeatureNames;

    public override LabelSet? Labels { get; }

    public override IReadOnlyList<BoosterAnswer> Answers { get; }

    public override bool TakesSparse => true;

    public override bool GivesFloat32 => true;

    private bool HoldsScores => model.Objective.Link == XGBoostLink.LargestClass;

    /// <summary>A <c>Booster</c>; all its rounds count.</summary>
    public static XGBoostPredictor OfBooster(XGBoostModelReader reader) => new(reader.Read(null, float.NaN), null, null, isMultiLabel: false);

    /// <summary>A wrapper; early stopping limits the rounds that count.</summary>
    /// <exception cref="FlamaException">Wrapper and booster contradict each other.</exception>
    public static XGBoostPredictor OfWrapper(XGBoostModelReader reader, XGBoostWrapper wrapper, BoosterErrors errors)
    {
        var best = wrapper.BestIteration ?? reader.BestIteration;
        var booster = reader.Read(best is { } round and < int.MaxValue ? round + 1 : null, wrapper.Missing);
        if (!wrapper.IsClassifier)
        {
            return new(booster, wrapper, null, isMultiLabel: false);
        }

        var told = wrapper.Classes ?? Math.Max(2, reader.Classes);
        if (booster.Width > 1 && told > 2 && booster.Width != told)
        {
            throw errors.Fail($"it has {told} classes and its booster {booster.Width} scores");
        }

        // Several labels at once; two classes trained as if they were more are answered the same way.
        var severalLabels = booster.Width > 1 && booster.Objective.Link != XGBoostLink.LargestClass && told == 2;
        return new(booster, wrapper, LabelsOf(wrapper, Math.Max(told, booster.Width), errors), severalLabels);
    }

    public override Feature Describe(int column) =>
        codes?.Describe(column) ?? NumberColumn(ShortestOf(model.Examples[column]), input.TakesInfinity);

    public override void Compute(string method, FeatureBatch input, OutputSlice output)
    {
        using var encoded = codes?.Encode(this, input);
        var rows = encoded ?? input;
        if (method == BoosterMethods.Apply)
        {
            model.FindLeaves(rows, output);
            return;
        }

        var width = model.Width;
        var buffer = BufferPool<float>.Rent(rows.Rows * width);
        var predictions = buffer.AsSpan(0, rows.Rows * width);
        model.Score(rows, predictions);
        model.Objective.Transform(predictions, width);
        if (method == BoosterMethods.PredictProba)
        {
            WriteProbabilities(predictions, width, output);
        }
        else
        {
            WritePredictions(predictions, width, output);
        }

        BufferPool<float>.Return(buffer);
    }

    // Until 1.5 any labels, encoded; then 0, 1, 2 … only, and since 2.0 not even stored.
    private static LabelSet LabelsOf(XGBoostWrapper wrapper, int count, BoosterErrors errors)
    {
        if (wrapper.Labels is { } labels)
        {
            return labels.Count >= Math.Min(count, 2) ? labels : throw errors.Fail($"it has {labels.Count} labels for {count} classes");
        }

        return new(Enumerable.Range(0, count).Select(label => Scalar.Of((long)label)));
    }

    // Where XGBoost copies rows first, even for trees, it refuses those beyond float32.
    private static InputRule RuleOf(XGBoostModel model, bool copiesRows) =>
        model.Categories is not null ? InputRule.Anything : copiesRows || !model.TakesInfinity ? FiniteOrMissing : AnyNumber;

    // The shortest digits that mean the same float32.
    private static double ShortestOf(float number) =>
        float.IsFinite(number) ? double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : number;

    // The position of the first largest number.
    private static int Largest(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        return best;
    }

    private IEnumerable<BoosterAnswer> AnswersOf(bool hasLeaves)
    {
        if (Labels is null)
        {
            yield return BoosterAnswer.Numbers(BoosterMethods.Predict, HoldsScores ? 1 : model.Width, input);
        }
        else
        {
            yield return isMultiLabel
                ? BoosterAnswer.Numbers(BoosterMethods.Predict, model.Width, input)
                : new(BoosterMethods.Predict, PredictionKind.Label, null, input);
            yield return BoosterAnswer.Numbers(BoosterMethods.PredictProba, Math.Max(2, model.Width), input);
        }

        if (hasLeaves)
        {
            yield return BoosterAnswer.Numbers(BoosterMethods.Apply, model.Trees, RuleOf(model, copiesRows: true));
        }
    }

    private void WritePredictions(ReadOnlySpan<float> predictions, int width, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var of = predictions.Slice(row * width, width);
            if (HoldsScores || (Labels is not null && !isMultiLabel))
            {
                output[row, 0] = width > 1 ? Largest(of) : of[0] > 0.5f ? 1 : 0;
                continue;
            }

            for (var i = 0; i < of.Length; i++)
            {
                output[row, i] = !isMultiLabel ? of[i] : of[i] > 0.5f ? 1 : 0;
            }
        }
    }

    private void WriteProbabilities(Span<float> predictions, int width, OutputSlice output)
    {
        if (HoldsScores)
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
