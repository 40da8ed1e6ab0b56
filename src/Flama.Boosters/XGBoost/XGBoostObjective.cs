namespace Flama.Boosters.XGBoost;

/// <summary>The objective a booster was trained for: it says what its raw scores mean. Float32 throughout, as XGBoost computes.</summary>
internal sealed class XGBoostObjective
{
    // XGBoost keeps a base score of 0 or 1 this far from the edge.
    private const float Edge = 1e-6f;

    private static readonly Dictionary<string, XGBoostLink> Links = new(StringComparer.Ordinal)
    {
        ["reg:squarederror"] = XGBoostLink.Identity,
        ["reg:linear"] = XGBoostLink.Identity,
        ["reg:squaredlogerror"] = XGBoostLink.Identity,
        ["reg:pseudohubererror"] = XGBoostLink.Identity,
        ["reg:absoluteerror"] = XGBoostLink.Identity,
        ["reg:quantileerror"] = XGBoostLink.Identity,
        ["reg:expectileerror"] = XGBoostLink.Identity,
        ["reg:normal"] = XGBoostLink.Identity,
        ["reg:logistic"] = XGBoostLink.Logistic,
        ["reg:gamma"] = XGBoostLink.Exponential,
        ["reg:tweedie"] = XGBoostLink.Exponential,
        ["count:poisson"] = XGBoostLink.Exponential,
        ["survival:cox"] = XGBoostLink.Exponential,
        ["survival:aft"] = XGBoostLink.Exponential,
        ["binary:logistic"] = XGBoostLink.Logistic,
        ["binary:logitraw"] = XGBoostLink.Identity,
        ["binary:hinge"] = XGBoostLink.Sign,
        ["multi:softprob"] = XGBoostLink.Softmax,
        ["multi:softmax"] = XGBoostLink.LargestClass,
        ["rank:pairwise"] = XGBoostLink.Identity,
        ["rank:ndcg"] = XGBoostLink.Identity,
        ["rank:map"] = XGBoostLink.Identity,
    };

    private XGBoostObjective(string name, XGBoostLink link)
    {
        Name = name;
        Link = link;
    }

    /// <summary>For example <c>binary:logistic</c>.</summary>
    public string Name { get; }

    /// <summary>How scores become predictions.</summary>
    public XGBoostLink Link { get; }

    /// <summary>The objective of a name; null when it is not known.</summary>
    public static XGBoostObjective? Find(string name) => Links.TryGetValue(name, out var link) ? new(name, link) : null;

    /// <summary>The score of a base score, which is stored as a prediction.</summary>
    public float MarginOf(float prediction) => Link switch
    {
        XGBoostLink.Logistic => Logit(prediction),
        XGBoostLink.Exponential => MathF.Log(prediction),
        _ => prediction,
    };

    /// <summary>The score whose logistic function is a probability.</summary>
    public static float Logit(float probability) => -MathF.Log((1 / Math.Clamp(probability, Edge, 1 - Edge)) - 1);

    /// <summary>Turns scores into predictions in place; those of <see cref="XGBoostLink.LargestClass"/> are left as scores.</summary>
    /// <param name="scores">Row-major.</param>
    /// <param name="width">Scores a row.</param>
    public void Transform(Span<float> scores, int width)
    {
        switch (Link)
        {
            case XGBoostLink.Logistic:
                foreach (ref var score in scores)
                {
                    score = 1 / (1 + MathF.Exp(-score));
                }

                break;
            case XGBoostLink.Exponential:
                foreach (ref var score in scores)
                {
                    score = MathF.Exp(score);
                }

                break;
            case XGBoostLink.Sign:
                foreach (ref var score in scores)
                {
                    score = score > 0 ? 1 : 0;
                }

                break;
            case XGBoostLink.Softmax:
                Softmax(scores, width);
                break;
            default:
                break;
        }
    }

    /// <summary>e^(score − largest) divided by the sum, which is added in float64.</summary>
    public static void Softmax(Span<float> scores, int width)
    {
        for (; !scores.IsEmpty; scores = scores[width..])
        {
            var row = scores[..width];
            var largest = row[0];
            foreach (var score in row)
            {
                largest = MathF.Max(largest, score);
            }

            var sum = 0.0;
            foreach (ref var score in row)
            {
                score = MathF.Exp(score - largest);
                sum += score;
            }

            foreach (ref var score in row)
            {
                score /= (float)sum;
            }
        }
    }
}
