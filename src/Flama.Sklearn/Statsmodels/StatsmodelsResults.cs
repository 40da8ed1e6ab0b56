using Flama.Pickle.Pandas;
using Flama.Sklearn.Statsmodels.Formulas;

namespace Flama.Sklearn.Statsmodels;

/// <summary>The results of a fitted model of statsmodels: what <c>results.predict(rows)</c> gives.</summary>
/// <remarks>
/// Rows are those of the design (the constant, where there is one, is a column of its own) or, for a model made from a formula, rows with the formula's variables by name.
/// A missing cell gives NaN. Models of categories give a probability for each. Source: statsmodels, checked against 0.14.4 and 0.15.0.
/// </remarks>
internal sealed class StatsmodelsResults : Regressor
{
    private readonly ResultsPrediction prediction;
    private readonly FormulaDesign? design;

    public StatsmodelsResults(EstimatorState state)
        : base(state)
    {
        var results = state.Has("_results") ? state.Part(state.Required("_results"), "_results") : state;
        var model = results.Part(results.Required("model"), "model");
        prediction = ResultsPrediction.Read(results, model);
        var data = model.Value("data") is null ? null : model.Part(model.Required("data"), "data");
        FeatureCount = prediction.Columns;
        if (data?.Value("formula") is not null)
        {
            design = FormulaDesign.Read(data, prediction.Columns);
            FeatureNames = design.Variables;
            FeatureCount = design.Variables.Count;
        }
        else if (data is not null && PandasFrame.TryRead(data.Value("orig_exog"), out var frame) && frame.Columns.All(label => label is string))
        {
            FeatureNames = [.. frame.Columns.Cast<string>()];
            if (FeatureNames.Count != FeatureCount)
            {
                throw results.Fail($"its rows have {FeatureNames.Count} columns and its parameters are for {FeatureCount}");
            }
        }
    }

    /// <inheritdoc/>
    public override InputRule Input => design is null ? new(TakesMissing: true, TakesInfinity: true, ParsesText: false) : InputRule.Anything;

    /// <inheritdoc/>
    public override bool SelectsByName => design is not null;

    /// <inheritdoc/>
    protected override int? Outputs => prediction.Outputs;

    /// <inheritdoc/>
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        if (design is null)
        {
            base.Describe(columns, downstream);
        }
        else
        {
            design.Describe(columns);
        }
    }

    /// <inheritdoc/>
    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        if (design is null)
        {
            for (var row = 0; row < input.Rows; row++)
            {
                prediction.Rule(input.Row(row), output.Row(row));
            }

            return;
        }

        using var scratch = new Scratch(prediction.Columns);
        for (var row = 0; row < input.Rows; row++)
        {
            design.Fill(this, input, row, scratch.Span);
            prediction.Rule(scratch.Span, output.Row(row));
        }
    }
}
