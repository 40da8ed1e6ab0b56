using Flama.Trees.Numerics;

namespace Flama.Boosters.LightGbm;

/// <summary>A booster of LightGBM by itself or in a wrapper for classes, numbers or ranks.</summary>
/// <remarks>
/// Numbers: the objective's function of the sum, or in a random forest the mean, of the trees; a <c>Booster</c> gives probabilities where it was trained for classes.
/// Two classes: probability p of the second. More: what the objective makes of the scores, the softmax or a probability for each class by itself. The first largest
/// is predicted. Missing and infinite values may come in and go where each split tells; a string in a column of categories that pandas named is read as its number, an
/// unknown one as missing. Source: lightgbm.sklearn and lightgbm.basic, checked against 3.3.5, 4.0.0, 4.3.0, 4.6.0 and 4.7.0.
/// </remarks>
internal sealed class LightGbmPredictor : BoosterPredictor
{
    private static readonly InputRule AnyNumber = new(TakesMissing: true, TakesInfinity: true, ParsesText: false);

    private readonly LightGbmModel model;
    private readonly CategoryCodes? codes;

    private LightGbmPredictor(LightGbmModel model, string className, LabelSet? labels)
        : base(className)
    {
        this.model = model;
        Labels = labels;
        codes = model.Categories is null ? null : new CategoryCodes(model.Categories, unknownIsMissing: true);
        Answers = [.. AnswersOf(codes is null ? AnyNumber : InputRule.Anything)];
    }

    public override string Framework => "lightgbm";

    public override string FrameworkVersion => model.Version;

    public override int Features => model.Features;

    public override IReadOnlyList<string>? FeatureNames => model.FeatureNames;

    public override LabelSet? Labels { get; }

    public override IReadOnlyList<BoosterAnswer> Answers { get; }

    public override bool TakesSparse => !model.IsLinear;

    /// <summary>A booster by itself, or in a wrapper for numbers or ranks.</summary>
    public static LightGbmPredictor OfBooster(LightGbmModel model, string className = "Booster") => new(model, className, null);

    /// <summary>A booster in a wrapper for classes.</summary>
    /// <exception cref="FlamaException">There are not as many labels as classes.</exception>
    public static LightGbmPredictor OfClassifier(LightGbmModel model, string className, LabelSet labels, BoosterErrors errors) =>
        labels.Count == Math.Max(2, model.Width)
            ? new(model, className, labels)
            : throw errors.Fail($"it has {labels.Count} classes and its booster {model.Width} scores");

    public override Feature Describe(int column) => codes?.Describe(column) ?? NumberColumn(model.Examples[column], takesInfinity: true);

    public override void Compute(string method, FeatureBatch input, OutputSlice output)
    {
        using var encoded = codes?.Encode(this, input);
        var width = model.Width;
        using var scratch = new Scratch(input.Rows * width);
        var answers = new OutputSlice(scratch.Span, width);
        if (method == BoosterMethods.DecisionFunction)
        {
            model.Score(encoded ?? input, answers);
        }
        else
        {
            model.Predict(encoded ?? input, answers);
        }

        for (var row = 0; row < answers.Rows; row++)
        {
            Write(method, answers.Row(row), output.Row(row));
        }
    }

    private IEnumerable<BoosterAnswer> AnswersOf(InputRule input)
    {
        if (Labels is null)
        {
            yield return BoosterAnswer.Numbers(BoosterMethods.Predict, model.Width, input);
            yield break;
        }

        yield return new(BoosterMethods.Predict, PredictionKind.Label, null, input);
        yield return BoosterAnswer.Numbers(BoosterMethods.PredictProba, Labels.Count, input);

        // Since 4.7; estimators that prefer scores to probabilities, such as calibration, then take these.
        if (model.IsFrom47)
        {
            yield return BoosterAnswer.Numbers(BoosterMethods.DecisionFunction, model.Width, input);
        }
    }

    private void Write(string method, ReadOnlySpan<double> answer, Span<double> output)
    {
        if (Labels is null || method == BoosterMethods.DecisionFunction || (method == BoosterMethods.PredictProba && answer.Length > 1))
        {
            answer.CopyTo(output);
            return;
        }

        if (answer.Length > 1)
        {
            output[0] = Largest(answer);
            return;
        }

        ReadOnlySpan<double> both = [1 - answer[0], answer[0]];
        if (method == BoosterMethods.PredictProba)
        {
            both.CopyTo(output);
        }
        else
        {
            output[0] = Largest(both);
        }
    }

    // The first largest number; the first NaN where there is one, as numpy has it.
    private static int Largest(ReadOnlySpan<double> row)
    {
        var best = 0;
        for (var i = 0; i < row.Length; i++)
        {
            if (double.IsNaN(row[i]))
            {
                return i;
            }

            best = row[i] > row[best] ? i : best;
        }

        return best;
    }
}
