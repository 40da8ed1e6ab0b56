using System.Collections.Frozen;
using Flama.Trees.Numerics;

namespace Flama.Boosters.CatBoost;

/// <summary>What the Python classes of CatBoost make of raw numbers.</summary>
/// <param name="Link">What the numbers mean.</param>
/// <remarks>Checked against catboost.core of 1.0.6, 1.1.1 and 1.2.10.</remarks>
internal sealed record CatBoostObjective(CatBoostLink Link)
{
    private static readonly FrozenDictionary<string, CatBoostLink> Classifiers = new Dictionary<string, CatBoostLink>(StringComparer.Ordinal)
    {
        ["Logloss"] = CatBoostLink.Binary,
        ["CrossEntropy"] = CatBoostLink.Binary,
        ["Focal"] = CatBoostLink.Binary,
        ["MultiClass"] = CatBoostLink.Softmax,
        ["MultiClassOneVsAll"] = CatBoostLink.OneVsAll,
        ["MultiLogloss"] = CatBoostLink.MultiLabel,
        ["MultiCrossEntropy"] = CatBoostLink.MultiLabel,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Rankings = FrozenSet.Create(
        StringComparer.Ordinal,
        "YetiRank",
        "YetiRankPairwise",
        "PairLogit",
        "PairLogitPairwise",
        "QueryRMSE",
        "QuerySoftMax",
        "QueryCrossEntropy",
        "StochasticFilter",
        "StochasticRank",
        "LambdaMart",
        "GroupQuantile");

    /// <summary>Whether there are classes to predict.</summary>
    public bool IsClassifier => Link is CatBoostLink.Binary or CatBoostLink.Softmax or CatBoostLink.OneVsAll or CatBoostLink.MultiLabel;

    /// <summary>The class that a model of some loss belongs to, where the file does not tell.</summary>
    public static string ClassOf(string? loss) =>
        loss is null ? "CatBoost"
        : Classifiers.ContainsKey(loss) ? "CatBoostClassifier"
        : Rankings.Contains(loss) ? "CatBoostRanker"
        : "CatBoostRegressor";

    /// <summary>What a class makes of the numbers of a model.</summary>
    /// <param name="className">The Python class.</param>
    /// <param name="loss">The loss; null when it is not known.</param>
    /// <param name="width">How many numbers the model gives.</param>
    public static CatBoostObjective Of(string className, string? loss, int width) => className switch
    {
        // A loss of the user's is answered like these.
        "CatBoostClassifier" => new(loss is not null && Classifiers.TryGetValue(loss, out var link) ? link : width == 1 ? CatBoostLink.Binary : CatBoostLink.Softmax),
        "CatBoostRegressor" => new(loss switch
        {
            "Poisson" or "Tweedie" => CatBoostLink.Exponential,
            "RMSEWithUncertainty" => CatBoostLink.Uncertainty,
            _ => CatBoostLink.Identity,
        }),
        _ => new(CatBoostLink.Identity),
    };

    /// <summary>Whether a model that gives so many numbers can have this objective.</summary>
    public bool Fits(int width) => Link switch
    {
        CatBoostLink.Binary or CatBoostLink.Exponential => width == 1,
        CatBoostLink.Uncertainty => width == 2,
        CatBoostLink.Softmax => width > 1,
        _ => true,
    };

    /// <summary>Turns raw numbers of a regressor into its answers, in place.</summary>
    public void Transform(OutputSlice scores)
    {
        if (Link == CatBoostLink.Exponential)
        {
            Exponential.Apply(scores.Numbers);
        }
        else if (Link == CatBoostLink.Uncertainty)
        {
            for (var row = 0; row < scores.Rows; row++)
            {
                scores[row, 1] = Math.Exp(2 * scores[row, 1]);
            }
        }
    }

    /// <summary>Writes the positions of the predicted classes, or for labels 0 or 1 each.</summary>
    /// <param name="scores">Raw numbers.</param>
    /// <param name="threshold">The number above which the second of two classes is predicted.</param>
    /// <param name="output">One column, or one per label.</param>
    public void WriteClasses(OutputSlice scores, double threshold, OutputSlice output)
    {
        for (var row = 0; row < scores.Rows; row++)
        {
            var of = scores.Row(row);
            if (Link is CatBoostLink.Softmax or CatBoostLink.OneVsAll)
            {
                output[row, 0] = Largest(of);
                continue;
            }

            for (var i = 0; i < of.Length; i++)
            {
                output[row, i] = of[i] > (Link == CatBoostLink.Binary ? threshold : 0) ? 1 : 0;
            }
        }
    }

    /// <summary>Writes the probabilities of the classes.</summary>
    /// <param name="scores">Raw numbers; they are overwritten.</param>
    /// <param name="output">One column per class, two for <see cref="CatBoostLink.Binary"/>.</param>
    public void WriteProbabilities(OutputSlice scores, OutputSlice output)
    {
        if (Link == CatBoostLink.Softmax)
        {
            Softmax.Rows(scores);
        }

        for (var row = 0; row < scores.Rows; row++)
        {
            var of = scores.Row(row);
            for (var i = 0; i < of.Length; i++)
            {
                switch (Link)
                {
                    case CatBoostLink.Softmax:
                        output[row, i] = of[i];
                        break;
                    case CatBoostLink.Binary:
                        output[row, 0] = Sigmoid(-of[0]);
                        output[row, 1] = Sigmoid(of[0]);
                        break;
                    default:
                        output[row, i] = Sigmoid(of[i]);
                        break;
                }
            }
        }
    }

    /// <summary>Writes the logarithms of the probabilities of the classes.</summary>
    /// <param name="scores">Raw numbers.</param>
    /// <param name="output">See <see cref="WriteProbabilities"/>.</param>
    public void WriteLogProbabilities(OutputSlice scores, OutputSlice output)
    {
        for (var row = 0; row < scores.Rows; row++)
        {
            var of = scores.Row(row);
            var total = Link == CatBoostLink.Softmax ? LogSumExp(of) : 0;
            for (var i = 0; i < of.Length; i++)
            {
                switch (Link)
                {
                    case CatBoostLink.Softmax:
                        output[row, i] = of[i] - total;
                        break;
                    case CatBoostLink.Binary:
                        output[row, 0] = LogSigmoid(-of[0]);
                        output[row, 1] = LogSigmoid(of[0]);
                        break;
                    default:
                        output[row, i] = LogSigmoid(of[i]);
                        break;
                }
            }
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double LogSigmoid(double x) => x < 0 ? x - double.LogP1(Math.Exp(x)) : -double.LogP1(Math.Exp(-x));

    private static double LogSumExp(ReadOnlySpan<double> scores)
    {
        var largest = scores[Largest(scores)];
        var sum = 0.0;
        foreach (var score in scores)
        {
            sum += Math.Exp(score - largest);
        }

        return largest + Math.Log(sum);
    }

    private static int Largest(ReadOnlySpan<double> scores)
    {
        var largest = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            largest = scores[i] > scores[largest] ? i : largest;
        }

        return largest;
    }
}
