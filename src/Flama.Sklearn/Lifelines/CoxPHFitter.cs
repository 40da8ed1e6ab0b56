using System.Numerics.Tensors;
using Flama.Pickle;
using Flama.Pickle.Pandas;

namespace Flama.Sklearn.Lifelines;

/// <summary>A proportional hazards model: how many times the baseline's a row's hazard is, and when half of such rows have had the event.</summary>
/// <remarks>
/// exp((x − mean) · β); the median is the first time at which exp(−H₀(t) · hazard) is at most ½, and infinite where there is none. Models with strata, a formula or a parametric
/// baseline are refused. Source: lifelines.fitters.coxph_fitter, checked against 0.30.
/// </remarks>
internal sealed class CoxPHFitter : Estimator
{
    private readonly double[] coefficients;
    private readonly double[] means;
    private readonly double[] times;
    private readonly double[] hazards;

    public CoxPHFitter(EstimatorState state)
        : base(state)
    {
        var model = state.Value("_model") is PickleObject ? state.Part(state.Required("_model"), "_model") : state;
        foreach (var name in (string[])["strata", "formula", "entry_col"])
        {
            if (model.Value(name) is not null)
            {
                throw model.Unsupported(name);
            }
        }

        if (state.Value("baseline_estimation_method") is not (null or "breslow"))
        {
            throw state.Unsupported("a parametric baseline (baseline_estimation_method)");
        }

        if (!PandasSeries.TryRead(model.Value("params_"), out var parameters) || !PandasSeries.TryRead(model.Value("_norm_mean"), out var mean)
            || !PandasFrame.TryRead(model.Value("baseline_cumulative_hazard_"), out var baseline) || baseline.Columns.Count != 1
            || baseline.Numbers(0) is not { } cumulative)
        {
            throw model.Fail("its params_, _norm_mean or baseline_cumulative_hazard_ are not there");
        }

        coefficients = model.AsVector(parameters.Values, "params_");
        means = model.AsVector(mean.Values, "_norm_mean");
        times = model.AsVector(baseline.Labels, "baseline_cumulative_hazard_");
        hazards = cumulative;
        if (means.Length != coefficients.Length)
        {
            throw model.Fail($"it has {coefficients.Length} parameters and {means.Length} means");
        }

        FeatureNames = [.. parameters.Labels.ToObjects().Select(label => label as string ?? throw model.Fail("its covariates have no names"))];
        FeatureCount = coefficients.Length;
    }

    public override IReadOnlyList<Method> Methods => [Method.PredictPartialHazard, Method.PredictMedian];

    public override bool SelectsByName => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) => OutputShape.Number;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(coefficients.Length);
        for (var row = 0; row < input.Rows; row++)
        {
            TensorPrimitives.Subtract(input.Row(row), means, scratch.Span);
            var hazard = Math.Exp(TensorPrimitives.Dot<double>(scratch.Span, coefficients));
            output[row, 0] = method == Method.PredictMedian ? Median(hazard) : hazard;
        }
    }

    private double Median(double hazard)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (Math.Exp(-hazards[i] * hazard) <= 0.5)
            {
                return times[i];
            }
        }

        return double.PositiveInfinity;
    }
}
