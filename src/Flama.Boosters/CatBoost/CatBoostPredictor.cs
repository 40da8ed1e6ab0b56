using System.Text.Json;
using Flama.Boosters.CatBoost.Reading;
using Flama.Trees.Numerics;

namespace Flama.Boosters.CatBoost;

/// <summary>A model of CatBoost with the answers of the Python class that it belongs to.</summary>
/// <remarks>
/// Classes: probabilities of the loss, the softmax or a probability for each class by itself; the largest is predicted, of several classes as a row of one label; of
/// two, the second above the threshold of the file. Labels of which several may hold: 0 or 1 each. Numbers: e^raw for Poisson and Tweedie, mean and variance for
/// RMSEWithUncertainty, else the raw number; ranks and the class <c>CatBoost</c>: the raw number. <c>raw_formula_val</c> is the raw number of all. Missing numbers may
/// come in; categories are texts or whole numbers, and one that training never saw is none of those it saw. Source: catboost.core, checked against 1.0.6, 1.1.1 and
/// 1.2.10.
/// </remarks>
internal sealed class CatBoostPredictor : BoosterPredictor
{
    private static readonly InputRule NumbersOnly = new(TakesMissing: true, TakesInfinity: true, ParsesText: true);

    private readonly CatBoostModel model;
    private readonly CatBoostObjective objective;

    private CatBoostPredictor(CatBoostModel model, string className, BoosterErrors errors)
        : base(className)
    {
        this.model = model;
        objective = CatBoostObjective.Of(className, model.Info.Loss, model.Width);
        if (!objective.Fits(model.Width))
        {
            throw errors.Fail($"it has {model.Width} outputs and the loss {model.Info.Loss}");
        }

        Labels = objective.IsClassifier ? LabelsOf(errors) : null;
        Answers = [.. AnswersOf(model.LooksAtCategories ? InputRule.Anything : NumbersOnly)];
    }

    public override string Framework => "catboost";

    public override string FrameworkVersion => model.Info.Version;

    public override int Features => model.Columns.Count;

    public override IReadOnlyList<string>? FeatureNames => model.Columns.Names;

    public override LabelSet? Labels { get; }

    public override IReadOnlyList<BoosterAnswer> Answers { get; }

    public override bool TakesSparse => false;

    /// <summary>Reads a file of CatBoost.</summary>
    /// <param name="file">The file: the binary form or JSON.</param>
    /// <param name="className">The Python class; null to go by the loss that the file tells.</param>
    /// <param name="errors">Whose it is.</param>
    /// <exception cref="FlamaException">The file is damaged, or uses what cannot be evaluated.</exception>
    public static CatBoostPredictor Read(ReadOnlyMemory<byte> file, string? className, BoosterErrors errors)
    {
        var read = new CatBoostModel(CbmReader.IsModel(file.Span) ? CbmReader.Read(file, errors) : CatBoostJsonReader.Read(file, errors), errors);
        return new(read, className ?? CatBoostObjective.ClassOf(read.Info.Loss), errors);
    }

    /// <summary>Writes the parameters that the user trained with, a JSON object.</summary>
    public void WriteParameters(Utf8JsonWriter writer)
    {
        if (model.Info.UserParameters is { } parameters)
        {
            parameters.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteEndObject();
    }

    public override Feature Describe(int column) => model.Columns[column];

    public override void Compute(string method, FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * model.Width);
        model.Score(this, input, scratch.Span);
        var scores = new OutputSlice(scratch.Span, model.Width);
        switch (method)
        {
            case BoosterMethods.PredictProba:
                objective.WriteProbabilities(scores, output);
                break;
            case BoosterMethods.PredictLogProba:
                objective.WriteLogProbabilities(scores, output);
                break;
            case BoosterMethods.Predict when objective.IsClassifier:
                objective.WriteClasses(scores, model.Info.Threshold, output);
                break;
            case BoosterMethods.Predict:
                objective.Transform(scores);
                Copy(scores, output);
                break;
            default:
                Copy(scores, output);
                break;
        }
    }

    private static void Copy(OutputSlice scores, OutputSlice output)
    {
        for (var row = 0; row < scores.Rows; row++)
        {
            scores.Row(row).CopyTo(output.Row(row));
        }
    }

    private LabelSet LabelsOf(BoosterErrors errors)
    {
        var count = objective.Link == CatBoostLink.Binary ? 2 : model.Width;
        var labels = model.Info.Labels ?? new LabelSet(Enumerable.Range(0, count).Select(label => Scalar.Of((long)label)));
        return labels.Count == count ? labels : throw errors.Fail($"it has {labels.Count} classes and {count} probabilities");
    }

    private IEnumerable<BoosterAnswer> AnswersOf(InputRule input)
    {
        if (!objective.IsClassifier)
        {
            yield return BoosterAnswer.Numbers(BoosterMethods.Predict, model.Width, input);
        }
        else
        {
            var isMultiLabel = objective.Link == CatBoostLink.MultiLabel;
            yield return isMultiLabel ? new(BoosterMethods.Predict, PredictionKind.Integer, model.Width, input)
                : new(BoosterMethods.Predict, PredictionKind.Label, objective.Link == CatBoostLink.Binary ? null : 1, input);
            yield return new(BoosterMethods.PredictProba, PredictionKind.Float, Labels!.Count, input);
            yield return new(BoosterMethods.PredictLogProba, PredictionKind.Float, Labels.Count, input);
        }

        if (objective.Link != CatBoostLink.Identity)
        {
            yield return BoosterAnswer.Numbers(BoosterMethods.RawFormulaVal, model.Width, input);
        }
    }
}
