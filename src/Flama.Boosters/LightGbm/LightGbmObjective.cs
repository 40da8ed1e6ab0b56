using System.Globalization;
using Flama.Trees.Numerics;

namespace Flama.Boosters.LightGbm;

/// <summary>The objective a model was trained for: it says what its raw scores mean.</summary>
/// <param name="Link">How scores become predictions.</param>
/// <param name="Parameter">What scores are multiplied by in <see cref="LightGbmLink.Logistic"/>.</param>
internal sealed record LightGbmObjective(LightGbmLink Link, double Parameter = 1)
{
    private const string Sigmoid = "sigmoid:";
    private const string NumberOfClasses = "num_class:";

    private static readonly Dictionary<string, LightGbmLink> Links = new(StringComparer.Ordinal)
    {
        ["regression"] = LightGbmLink.Identity,
        ["regression_l1"] = LightGbmLink.Identity,
        ["huber"] = LightGbmLink.Identity,
        ["fair"] = LightGbmLink.Identity,
        ["quantile"] = LightGbmLink.Identity,
        ["mape"] = LightGbmLink.Identity,
        ["poisson"] = LightGbmLink.Exponential,
        ["gamma"] = LightGbmLink.Exponential,
        ["tweedie"] = LightGbmLink.Exponential,
        ["binary"] = LightGbmLink.Logistic,
        ["multiclass"] = LightGbmLink.Softmax,
        ["multiclassova"] = LightGbmLink.Logistic,
        ["cross_entropy"] = LightGbmLink.Logistic,
        ["xentropy"] = LightGbmLink.Logistic,
        ["cross_entropy_lambda"] = LightGbmLink.LogOnePlusExponential,
        ["xentlambda"] = LightGbmLink.LogOnePlusExponential,
        ["lambdarank"] = LightGbmLink.Identity,
        ["rank_xendcg"] = LightGbmLink.Identity,
        ["custom"] = LightGbmLink.Identity,
        ["none"] = LightGbmLink.Identity,
    };

    /// <summary>The number of classes; null where the objective tells none.</summary>
    public int? Classes { get; init; }

    /// <summary>Reads an objective with its parameters, as in <c>binary sigmoid:1</c>; null when it is not known.</summary>
    /// <param name="text">The text; null for a model that was trained with a function of the user's and gives raw scores.</param>
    public static LightGbmObjective? Parse(string? text)
    {
        var parts = (text ?? "custom").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !Links.TryGetValue(parts[0], out var link))
        {
            return null;
        }

        // Huber loss knows no square root, whatever it was told.
        if (link == LightGbmLink.Identity && parts[0] != "huber" && parts.Contains("sqrt"))
        {
            return new(LightGbmLink.SignedSquare);
        }

        var parameter = 1.0;
        int? classes = null;
        foreach (var part in parts)
        {
            if (part.StartsWith(Sigmoid, StringComparison.Ordinal)
                && !double.TryParse(part.AsSpan(Sigmoid.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out parameter))
            {
                return null;
            }

            if (part.StartsWith(NumberOfClasses, StringComparison.Ordinal))
            {
                if (!int.TryParse(part.AsSpan(NumberOfClasses.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var told))
                {
                    return null;
                }

                classes = told;
            }
        }

        return new(link, parameter) { Classes = classes };
    }

    /// <summary>Turns scores into predictions in place.</summary>
    public void Transform(OutputSlice scores)
    {
        if (Link == LightGbmLink.Softmax)
        {
            Softmax.Rows(scores);
            return;
        }

        for (var row = 0; row < scores.Rows; row++)
        {
            foreach (ref var score in scores.Row(row))
            {
                score = Link switch
                {
                    LightGbmLink.Logistic => 1 / (1 + Math.Exp(-Parameter * score)),
                    LightGbmLink.Exponential => Math.Exp(score),
                    LightGbmLink.LogOnePlusExponential => Math.Log(1 + Math.Exp(score)),
                    LightGbmLink.SignedSquare => Math.Abs(score) * score,
                    _ => score,
                };
            }
        }
    }
}
