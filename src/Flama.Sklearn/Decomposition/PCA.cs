namespace Flama.Sklearn.Decomposition;

/// <summary>Principal components: (x − mean)·componentsᵀ, with <c>whiten</c> divided by the standard deviation of each; <c>inverse_transform</c> goes back.</summary>
/// <remarks>
/// <c>score_samples</c> is the log-likelihood of a row under the normal distribution that the components and the noise make. Missing values are refused.
/// Source: sklearn.decomposition._pca, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class PCA : LinearReduction
{
    private const double Epsilon = 2.220446049250313e-16;

    private readonly GaussianScore? score;

    /// <summary>Reads the model.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="hasScore">Whether there is <c>score_samples</c>: not for incremental models.</param>
    public PCA(EstimatorState state, bool hasScore)
        : base(state)
    {
        var components = Components(state, FeatureCount);
        FeatureCount ??= components.Columns;
        var isWhite = state.Flag("whiten", false);
        var deviations = isWhite ? Deviations(state, components.Rows) : null;
        Learn(Scaled(components, deviations, isInverse: true).Transpose(), Mean(state, components.Columns), Scaled(components, deviations, isInverse: false));
        score = hasScore ? ScoreOf(state, components, deviations) : null;
        Methods = score is null ? base.Methods : [.. base.Methods, Method.ScoreSamples];
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.ScoreSamples ? OutputShape.Number : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.ScoreSamples && score is not null)
        {
            using var scratch = new Scratch(input.Rows * input.Columns);
            Center(input, scratch.Span);
            score.Write(scratch.Span, output);
            return;
        }

        base.Compute(method, input, output);
    }

    // Since 1.5, deviations that are next to nothing divide by the smallest relative difference.
    private static double[] Deviations(EstimatorState state, int components)
    {
        double[] deviations = [.. state.Vector("explained_variance_", components).Select(Math.Sqrt)];
        return state.Version.IsAtLeast(1, 5) ? Array.ConvertAll(deviations, deviation => Math.Max(deviation, Epsilon)) : deviations;
    }

    private static Matrix Scaled(Matrix components, double[]? deviations, bool isInverse) => deviations is null
        ? components
        : new(
            [.. components.Values.Select((value, i) => isInverse ? value / deviations[i / components.Columns] : value * deviations[i / components.Columns])],
            components.Rows,
            components.Columns);

    // The covariance is Cᵀ max(variance − noise, 0) C plus the noise on the diagonal, C scaled by the deviations where the model whitens.
    private static GaussianScore? ScoreOf(EstimatorState state, Matrix components, double[]? deviations)
    {
        var (rows, columns) = (components.Rows, components.Columns);
        if (state.Value("mean_") is null || rows == 0 || state.Value("explained_variance_") is null)
        {
            return null;
        }

        var noise = state.Number("noise_variance_", 0);
        double[] weights = [.. state.Vector("explained_variance_", rows).Select(variance => Math.Max(variance - noise, 0))];
        if (noise != 0)
        {
            return GaussianScore.Of(Scaled(components, deviations, isInverse: false), weights, [.. Enumerable.Repeat(noise, columns)]);
        }

        return rows == columns
            ? GaussianScore.OfRotation(components, [.. weights.Select((weight, i) => deviations is null ? weight : weight * deviations[i] * deviations[i])])
            : null;
    }
}
