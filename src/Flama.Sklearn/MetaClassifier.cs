namespace Flama.Sklearn;

/// <summary>A classifier made of others that all get its rows.</summary>
internal abstract class MetaClassifier : Classifier
{
    protected MetaClassifier(EstimatorState state, EstimatorGroup group, params LabelSet[] classes)
        : base(state, classes)
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
    protected override bool HasLogProbabilities => false;

    /// <inheritdoc/>
    public override bool TakesMissing(bool downstream) => Group.TakesMissing(downstream);

    /// <inheritdoc/>
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => Group.Describe(columns, downstream);
}
