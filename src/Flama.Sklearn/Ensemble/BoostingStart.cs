namespace Flama.Sklearn.Ensemble;

/// <summary>What gradient boosting starts from: <c>init_</c>, a model of its own, by default one that knows only the training labels.</summary>
/// <remarks>
/// The model sees cells rounded to float32. Its probabilities are clipped before they become scores: to float32's epsilon, since 1.8 to float64's.
/// </remarks>
internal sealed class BoostingStart
{
    private const double Epsilon32 = 1.1920928955078125e-07;
    private const double Epsilon64 = 2.220446049250313e-16;

    private readonly Estimator? init;
    private readonly BoostingLink link;
    private readonly double epsilon;
    private readonly double[]? constant;

    private BoostingStart(Estimator? init, BoostingLink link, double epsilon, int columns)
    {
        this.init = init;
        this.link = link;
        this.epsilon = epsilon;
        if (init is null)
        {
            constant = new double[columns];
        }
        else if (init is Dummy.DummyClassifier or Dummy.DummyRegressor)
        {
            constant = new double[columns];
            using var anyRow = FeatureBatch.RentUninitialized(1, 0);
            Score(anyRow, new OutputSlice(constant, columns));
        }
    }

    /// <summary>Whether sparse rows need not be made dense.</summary>
    public bool TakesSparse => constant is not null;

    /// <summary>Reads <c>init_</c>.</summary>
    /// <param name="state">The boosting model's attributes.</param>
    /// <param name="link">How the start's answer becomes scores.</param>
    /// <param name="columns">Scores a row.</param>
    public static BoostingStart Read(EstimatorState state, BoostingLink link, int columns)
    {
        var clip = state.Version.IsAtLeast(1, 8) ? Epsilon64 : Epsilon32;
        if (state.Value("init_") is null or "zero")
        {
            return new(null, link, clip, columns);
        }

        var estimator = state.Estimator("init_");
        var method = link == BoostingLink.Identity ? Method.Predict : Method.PredictProba;
        if (!estimator.Has(method))
        {
            throw state.Fail($"its init_ ({estimator.Name}) has no method '{MethodNames.NameOf(method)}'");
        }

        var width = estimator.Shape(method, null).Width;
        return width == columns || (columns == 1 && width == 2 && method == Method.PredictProba)
            ? new(estimator, link, clip, columns)
            : throw state.Fail($"its init_ ({estimator.Name}) gives {width} values per row, and there are {columns} scores");
    }

    /// <summary>Writes the start of each row.</summary>
    public void Fill(FeatureBatch input, OutputSlice output)
    {
        if (constant is not null)
        {
            for (var row = 0; row < output.Rows; row++)
            {
                constant.CopyTo(output.Row(row));
            }

            return;
        }

        using var rounded = FeatureBatch.RentLike(input);
        var cells = rounded.WritableNumbers;
        var numbers = input.Numbers;
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = (float)numbers[i];
        }

        Score(rounded, output);
    }

    private void Score(FeatureBatch input, OutputSlice output)
    {
        if (link == BoostingLink.Identity)
        {
            init!.Run(Method.Predict, input, output);
            return;
        }

        var width = init!.Shape(Method.PredictProba, input).Width;
        using var scratch = new Scratch(input.Rows * width);
        var probabilities = new OutputSlice(scratch.Span, width);
        init.Run(Method.PredictProba, input, probabilities);
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
