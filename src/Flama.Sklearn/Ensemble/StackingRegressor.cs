namespace Flama.Sklearn.Ensemble;

/// <summary>A final regressor on top of the answers of others, which <c>transform</c> gives.</summary>
/// <remarks>Source: sklearn.ensemble._stacking, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class StackingRegressor : EnsembleRegressor
{
    private static readonly Method[] All = [Method.Predict, Method.Transform];

    private readonly StackedColumns columns;
    private readonly MemberMethod final;

    public StackingRegressor(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"))
    {
        columns = new StackedColumns(state, this, Members, 0);
        final = new MemberMethod(state, state.Estimator("final_estimator_"), Method.Predict);
        if (final.Estimator.FeatureCount is { } features && features != columns.Width)
        {
            throw state.Fail($"its final estimator takes {features} features and is given {columns.Width}");
        }
    }

    public override IReadOnlyList<Method> Methods => All;

    public override bool TakesSparse => base.TakesSparse && columns.TakesSparse;

    public override bool IsRowwise => base.IsRowwise && final.Estimator.IsRowwise;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Transform ? OutputShape.Numbers(columns.Width) : final.Shape;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Transform)
        {
            columns.Write(input, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var stacked = columns.Compute(input);
        final.Run(stacked, output);
    }
}
