namespace Flama.Sklearn.FeatureSelection;

/// <summary>RFE and RFECV: keeps the columns that recursive elimination left, and predicts with the model that was trained on them.</summary>
/// <remarks>
/// The model's methods are there where it can be evaluated; transforming needs no model. Source: sklearn.feature_selection._rfe, checked against 0.23, 1.2, 1.4
/// and 1.9.
/// </remarks>
internal sealed class EliminationSelector : Selector
{
    private static readonly Method[] Delegated = [Method.Predict, Method.PredictProba, Method.PredictLogProba, Method.DecisionFunction];

    private readonly Estimator? model;
    private readonly Method[] methods;

    public EliminationSelector(EstimatorState state)
        : base(state, state.Array("support_").ToBooleans())
    {
        TakesAnything = ModelImportances.TakesMissing(state.Part(state.Required("estimator_"), "estimator_"));
        model = ModelOf(state);
        methods = [.. Delegated.Where(method => model?.Has(method) ?? false), .. base.Methods];
        if (model?.FeatureCount is { } features && features != SelectedCount)
        {
            throw state.Fail($"it selects {SelectedCount} features and its model takes {features}");
        }
    }

    public override IReadOnlyList<Method> Methods => methods;

    public override bool IsRowwise => model?.IsRowwise ?? true;

    protected override bool TakesAnything { get; }

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        Delegated.Contains(method) && model is not null ? model.Shape(method, null) : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (model is null || !Delegated.Contains(method))
        {
            base.Compute(method, input, output);
        }
        else if (input.Sparse is not null)
        {
            using var selected = ComputeSparse(input);
            model.Run(method, selected, output);
        }
        else
        {
            using var selected = FeatureBatch.RentUninitialized(input.Rows, SelectedCount, !input.IsNumeric, input.FirstRow);
            Transform(input, new OutputSlice(selected));
            model.Run(method, selected, output);
        }
    }

    // As a step before the last one, only the columns count, whatever the model is.
    private static Estimator? ModelOf(EstimatorState state)
    {
        try
        {
            return state.Estimator("estimator_");
        }
        catch (FlamaException exception) when (exception.Code == ErrorCodes.UnsupportedEstimator)
        {
            state.Warn($"{state.ClassName} at {state.Location} can transform and not predict: {exception.Message}");
            return null;
        }
    }
}
