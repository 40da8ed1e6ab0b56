using Flama.Boosters;

namespace Flama.Sklearn.Boosters;

/// <summary>What scikit-learn's view of a booster takes from it.</summary>
internal static class BoosterEstimator
{
    /// <summary>What it can do.</summary>
    public static Method[] MethodsOf(BoosterPredictor booster) =>
        [.. booster.Answers.Select(answer => MethodNames.Find(answer.Method)).OfType<Method>()];

    /// <summary>What cells a method takes.</summary>
    public static InputRule InputOf(BoosterPredictor booster, Method method) => AnswerOf(booster, method).Input;

    /// <summary>What a method answers.</summary>
    public static OutputShape ShapeOf(BoosterPredictor booster, Method method)
    {
        var answer = AnswerOf(booster, method);
        return new(answer.Kind, answer.Width ?? 1)
        {
            IsFlat = answer.Width is null,
            Labels = answer.Kind == PredictionKind.Label ? [booster.Labels!] : [],
        };
    }

    /// <summary>Tells what each column is used for.</summary>
    public static void Describe(BoosterPredictor booster, ReadOnlySpan<FeatureBuilder> columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var feature = booster.Describe(i);
            if (!feature.IsUsed)
            {
                continue;
            }

            if (feature.Kind == FeatureKind.Number)
            {
                columns[i].UseAsNumber(feature.ParsesText, feature.AllowsMissing, feature.AllowsInfinity);
            }
            else
            {
                columns[i].UseAsIs(feature.AllowsMissing);
            }

            columns[i].Learn(feature.TrainedOn);
            if (feature.Example is { } example)
            {
                columns[i].OfferExample(example);
            }
        }
    }

    private static BoosterAnswer AnswerOf(BoosterPredictor booster, Method method) => booster.Find(MethodNames.NameOf(method)) ?? booster.Answers[0];
}
