namespace Flama.Sklearn.Ensemble;

/// <summary>A regressor that asks other estimators, all of them about the same rows.</summary>
internal abstract class EnsembleRegressor : Regressor
{
    protected EnsembleRegressor(EstimatorState state, EstimatorGroup members)
        : base(state)
    {
        Members = members;
        FeatureCount ??= members.FeatureCount;
        FeatureNames = members.SelectsByName ? members.FeatureNames : FeatureNames ?? members.FeatureNames;
    }

    public override InputRule Input => InputRule.Anything;

    public override bool TakesSparse => Members.TakesSparse;

    public override bool IsRowwise => Members.IsRowwise;

    public override RowForm RowForm => Members.RowForm;

    public override bool SelectsByName => Members.SelectsByName;

    public override bool NeedsColumnOrder => Members.NeedsColumnOrder;

    /// <summary>The other estimators.</summary>
    protected EstimatorGroup Members { get; }

    // The members check the columns, which some pick by name out of more.
    public override int? ColumnsOf(Method method) => null;

    public override bool TakesMissing(bool downstream) => Members.TakesMissing(downstream);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => Members.Describe(columns, downstream);
}
