namespace Flama.Sklearn;

/// <summary>A composite of estimators that all get its rows, with methods of its own.</summary>
internal abstract class MetaEstimator : Estimator
{
    protected MetaEstimator(EstimatorState state, EstimatorGroup group)
        : base(state)
    {
        Group = group;
        FeatureCount = group.FeatureCount ?? FeatureCount;
        FeatureNames = group.SelectsByName ? group.FeatureNames : FeatureNames ?? group.FeatureNames;
    }

    /// <inheritdoc/>
    public override InputRule Input => InputRule.Anything;

    /// <inheritdoc/>
    public override bool TakesSparse => Group.TakesSparse;

    /// <inheritdoc/>
    public override bool IsRowwise => Group.IsRowwise;

    /// <inheritdoc/>
    public override RowForm RowForm => Group.RowForm;

    /// <inheritdoc/>
    public override bool SelectsByName => Group.SelectsByName;

    /// <inheritdoc/>
    public override bool NeedsColumnOrder => Group.NeedsColumnOrder;

    /// <summary>The estimators inside.</summary>
    protected EstimatorGroup Group { get; }

    /// <inheritdoc/>
    public override bool TakesMissing(bool downstream) => Group.TakesMissing(downstream);

    /// <inheritdoc/>
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => Group.Describe(columns, downstream);
}
