using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Mixture;

/// <summary>
/// A mixture of normal distributions: of each component ln weight + ln density, whose largest is predicted, whose shares are <c>predict_proba</c> and whose sum is
/// <c>score_samples</c>.
/// </summary>
/// <remarks>
/// In a Bayesian mixture the weights' logarithms are their expectations under a Dirichlet process or distribution, and a density is that of its expected precision with the terms of
/// its degrees of freedom and of its mean's precision. Missing values are refused. Source: sklearn.mixture, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class GaussianMixture : Estimator
{
    private static readonly Method[] All = [Method.Predict, Method.PredictProba, Method.ScoreSamples];

    private readonly IComponentDensity density;
    private readonly double[] constants;

    public GaussianMixture(EstimatorState state)
        : base(state)
    {
        var means = FeatureCount is { } features ? state.Matrix("means_", features) : state.Matrix("means_");
        if (means.Rows == 0)
        {
            throw state.Fail("it has no components");
        }

        FeatureCount ??= means.Columns;
        density = DensityOf(state, means);
        constants = state.ClassName == "BayesianGaussianMixture"
            ? BayesianConstants.Read(state, means.Rows, means.Columns)
            : Array.ConvertAll(state.Vector("weights_", means.Rows), Math.Log);

        // Up to 0.23 rows were converted to floats, strings and all.
        Input = state.Version.IsAtLeast(0, 24) ? InputRule.Numbers : InputRule.Floats;
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input { get; }

    public override OutputShape Shape(Method method, FeatureBatch? input) => method switch
    {
        Method.Predict => OutputShape.Integer,
        Method.ScoreSamples => OutputShape.Number,
        _ => OutputShape.Numbers(constants.Length),
    };

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * constants.Length);
        var scores = new OutputSlice(scratch.Span, constants.Length);
        density.Write(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = scores.Row(row);
            System.Numerics.Tensors.TensorPrimitives.Add(values, constants, values);
            Answer(method, values, output.Row(row));
        }
    }

    private static IComponentDensity DensityOf(EstimatorState state, Matrix means)
    {
        const string Cholesky = "precisions_cholesky_";
        var (count, columns) = (means.Rows, means.Columns);
        switch (state.Choice("covariance_type", "full", "tied", "diag", "spherical"))
        {
            case "full":
                return new RotatedDensity(means, Factors(state, Cholesky, count, columns));
            case "tied":
                var shared = state.Matrix(Cholesky, columns, columns);
                return new RotatedDensity(means, [.. Enumerable.Repeat(shared, count)]);
            case "diag":
                return new AxisDensity(means, state.Matrix(Cholesky, count, columns));
            default:
                var roots = state.Vector(Cholesky, count);
                return new AxisDensity(means, new([.. means.Values.Select((_, i) => roots[i / columns])], count, columns));
        }
    }

    private static Matrix[] Factors(EstimatorState state, string name, int count, int columns)
    {
        var array = state.Array(name);
        if (!array.IsNumeric || !array.Shape.SequenceEqual([count, columns, columns]))
        {
            throw state.Fail($"its attribute '{name}' has the shape ({string.Join(", ", array.Shape)}), expected ({count}, {columns}, {columns})");
        }

        var values = array.ToDoubles();
        var size = columns * columns;
        return [.. Enumerable.Range(0, count).Select(i => new Matrix(values[(i * size)..((i + 1) * size)], columns, columns))];
    }

    private static void Answer(Method method, Span<double> values, Span<double> output)
    {
        if (method == Method.Predict)
        {
            output[0] = ArgMax(values);
            return;
        }

        var sum = LogSumExp.Of(values);
        if (method == Method.ScoreSamples)
        {
            output[0] = sum;
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            output[i] = Math.Exp(values[i] - sum);
        }
    }

    private static int ArgMax(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 0; i < values.Length && !double.IsNaN(values[best]); i++)
        {
            best = values[i] > values[best] || double.IsNaN(values[i]) ? i : best;
        }

        return best;
    }
}
