using System.Numerics.Tensors;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.PyGam;

/// <summary>A generalized additive model: splines and linear terms of single features, through a link.</summary>
/// <remarks>LogisticGAM answers whether the probability is above ½, and has predict_proba, one number a row. Source: pygam, checked against 0.10.</remarks>
internal sealed class GeneralizedAdditiveModel : Estimator
{
    private static readonly LabelSet Truth = new([Scalar.Of(false), Scalar.Of(true)]);

    private readonly GamTerm[] terms;
    private readonly double[] coefficients;
    private readonly Func<double, double> mean;
    private readonly bool isLogistic;

    public GeneralizedAdditiveModel(EstimatorState state)
        : base(state)
    {
        var list = state.Part(state.Required("terms"), "terms");
        terms = [.. list.List("_terms").Select((item, i) => GamTerm.Read(list.Part(item, $"_terms[{i}]")))];
        coefficients = state.Vector("coef_", terms.Sum(term => term.Width));
        isLogistic = state.ClassName == "LogisticGAM";
        mean = MeanOf(state);
        var features = terms.SelectMany(term => term.Features).DefaultIfEmpty(-1).Max() + 1;
        if (state.Value("statistics_") is Pickle.PickleDict statistics && statistics.TryGetValue("m_features", out var count) && count is long and >= 0 and < 1 << 20)
        {
            FeatureCount = Math.Max(features, (int)(long)count);
        }
        else
        {
            FeatureCount = features;
        }
    }

    public override IReadOnlyList<Method> Methods => isLogistic ? [Method.Predict, Method.PredictProba] : [Method.Predict];

    public override OutputShape Shape(Method method, FeatureBatch? input) => isLogistic && method == Method.Predict ? OutputShape.Label(Truth) : OutputShape.Number;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(coefficients.Length);
        for (var row = 0; row < input.Rows; row++)
        {
            var start = 0;
            foreach (var term in terms)
            {
                term.Fill(input.Row(row), scratch.Span.Slice(start, term.Width));
                start += term.Width;
            }

            var value = mean(TensorPrimitives.Dot<double>(scratch.Span, coefficients));
            output[row, 0] = isLogistic && method == Method.Predict ? value > 0.5 ? 1 : 0 : value;
        }
    }

    private static Func<double, double> MeanOf(EstimatorState state)
    {
        var link = state.Part(state.Required("link"), "link");
        switch (link.ClassName)
        {
            case "IdentityLink":
                return x => x;
            case "LogLink":
                return Math.Exp;
            case "InverseLink":
                return x => 1 / x;
            case "InvSquaredLink":
                return x => 1 / Math.Sqrt(x);
            case "LogitLink":
                var levels = state.Part(state.Required("distribution"), "distribution").Number("levels", 1);
                return x => levels * Expit.Of(x);
            default:
                throw link.Unsupported("the link function");
        }
    }
}
