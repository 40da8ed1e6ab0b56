using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>Factor analysis: the expected factors (x − mean)·Ψ⁻¹Cᵀ (I + C Ψ⁻¹ Cᵀ)⁻¹, C the loadings and Ψ the noise of each column.</summary>
/// <remarks>
/// <c>score_samples</c> is the log-likelihood of a row. Missing values are refused. Source: sklearn.decomposition._factor_analysis, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class FactorAnalysis : LinearReduction
{
    private readonly GaussianScore score;

    public FactorAnalysis(EstimatorState state)
        : base(state)
    {
        var components = Components(state, FeatureCount);
        FeatureCount ??= components.Columns;
        var noise = state.Vector("noise_variance_", components.Columns);
        var scaled = new Matrix([.. components.Values.Select((value, i) => value / noise[i % components.Columns])], components.Rows, components.Columns);
        var inner = scaled.Times(components.Transpose());
        for (var i = 0; i < inner.Rows; i++)
        {
            inner.Values[(i * inner.Columns) + i] += 1;
        }

        var covariance = SquareMatrix.Invert(inner) ?? throw state.Fail("its loadings and noise have no inverse");
        Learn(scaled.Transpose().Times(covariance), Mean(state, components.Columns) ?? throw state.Fail("it has no mean"), null);
        score = GaussianScore.Of(components, [.. Enumerable.Repeat(1.0, components.Rows)], noise)
            ?? throw state.Fail("its loadings and noise have no inverse");
        Methods = [.. base.Methods, Method.ScoreSamples];
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => InputRule.Numbers;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.ScoreSamples ? OutputShape.Number : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.ScoreSamples)
        {
            base.Compute(method, input, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * input.Columns);
        Center(input, scratch.Span);
        score.Write(scratch.Span, output);
    }
}
