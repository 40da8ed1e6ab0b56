using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>What gradient boosting starts from: <c>init_</c>, a model of its own, by default one that knows only the training labels.</summary>
/// <remarks>
/// The model sees cells rounded to float32, and its probabilities are clipped by an epsilon before they become scores: that of float32 up to 1.7, that of float64 since 1.8.
/// </remarks>
internal sealed class BoostingStart
{
    private const double Float32Epsilon = 1.1920928955078125e-07;
    private const double Float64Epsilon = 2.220446049250313e-16;

    private readonly Estimator? init;
    private readonly BoostingLink link;
    private readonly double epsilon;

    private BoostingStart(Estimator? init, BoostingLink link, SklearnVersion version)
    {
        this.init = init;
        this.link = link;
        epsilon = version.IsAtLeast(1, 8) ? Float64Epsilon : Float32Epsilon;
    }

    /// <summary>Reads <c>init_</c>.</summary>
    /// <param name="state">The boosting model's attributes.</param>
    /// <param name="link">How the start's answer becomes scores.</param>
    public static BoostingStart Read(EstimatorState state, BoostingLink link)
    {
        if (state.Value("init_") is null or "zero")
        {
            return new(null, link, state.Version);
        }

        var estimator = state.Estimator("init_");
        var method = link == BoostingLink.Identity ? Method.Predict : Method.PredictProba;
        return estimator.Has(method) ? new(estimator, link, state.Version) : throw state.Fail($"its init_ ({estimator.Name}) has no method '{MethodNames.NameOf(method)}'");
    }

    /// <summary>Writes the start of each row.</summary>
    public void Fill(FeatureBatch input, OutputSlice output)
    {
        if (init is null)
        {
            Tree.TreeInput.Clear(output);
            return;
        }

        using var rounded = FeatureBatch.RentLike(input);
        var cells = rounded.Numbers;
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = (float)input.Numbers[i];
        }

        if (link == BoostingLink.Identity)
        {
            init.Run(Method.Predict, rounded, output);
            return;
        }

        var width = init.Shape(Method.PredictProba, rounded).Width;
        using var scratch = new Scratch(input.Rows * width);
        var probabilities = new OutputSlice(scratch.Span, width);
        init.Run(Method.PredictProba, rounded, probabilities);
        for (var row = 0; row < input.Rows; row++)
        {
            ToScores(probabilities.Row(row), output.Row(row));
        }
    }

    private void ToScores(ReadOnlySpan<double> probabilities, Span<double> scores)
    {
        if (scores.Length == 1)
        {
            var positive = Math.Clamp(probabilities[^1], epsilon, 1 - epsilon);
            var logit = Math.Log(positive / (1 - positive));
            scores[0] = link == BoostingLink.HalfLogit ? 0.5 * logit : logit;
            return;
        }

        var mean = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Log(Math.Clamp(probabilities[i], epsilon, 1 - epsilon));
            mean += scores[i] / scores.Length;
        }

        for (var i = 0; link == BoostingLink.SymmetricLog && i < scores.Length; i++)
        {
            scores[i] -= mean;
        }
    }
}
