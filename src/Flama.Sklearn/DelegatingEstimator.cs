namespace Flama.Sklearn;

/// <summary>An estimator that hands its rows to another one and has that one's methods, all or some of them.</summary>
internal abstract class DelegatingEstimator : Estimator
{
    protected DelegatingEstimator(EstimatorState state, Estimator inner, Func<Method, bool>? forwards = null)
        : base(state)
    {
        Inner = inner;
        Methods = [.. inner.Methods.Where(method => forwards?.Invoke(method) ?? true)];
        FeatureCount = inner.FeatureCount ?? FeatureCount;
        FeatureNames = inner.SelectsByName ? inner.FeatureNames : FeatureNames ?? inner.FeatureNames;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Method> Methods { get; }

    /// <inheritdoc/>
    public override InputRule Input => InputRule.Anything;

    /// <inheritdoc/>
    public override bool TakesSparse => Inner.TakesSparse;

    /// <inheritdoc/>
    public override bool GivesSparse => Inner.GivesSparse;

    /// <inheritdoc/>
    public override bool GivesFloat32(Method method) => Inner.GivesFloat32(method);

    /// <inheritdoc/>
    public override bool IsRowwise => Inner.IsRowwise;

    /// <inheritdoc/>
    public override RowForm RowForm => Inner.RowForm;

    /// <inheritdoc/>
    public override bool SelectsByName => Inner.SelectsByName;

    /// <inheritdoc/>
    public override bool NeedsColumnOrder => Inner.NeedsColumnOrder;

    /// <summary>The estimator that computes.</summary>
    protected Estimator Inner { get; }

    /// <inheritdoc/>
    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? Inner.InputOf(method) : Input;

    /// <inheritdoc/>
    public override int? ColumnsOf(Method method) => Inner.ColumnsOf(method) ?? (method == Method.InverseTransform ? null : FeatureCount);

    /// <inheritdoc/>
    public override bool TakesMissing(bool downstream) => Inner.TakesMissing(downstream);

    /// <inheritdoc/>
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => Inner.Describe(columns, downstream);

    /// <inheritdoc/>
    public override IReadOnlyList<int>? OriginsOf(int columns) => Inner.OriginsOf(columns);

    /// <inheritdoc/>
    public override OutputShape Shape(Method method, FeatureBatch? input) => Inner.Shape(method, input);

    /// <inheritdoc/>
    protected override void Compute(Method method, FeatureBatch input, OutputSlice output) => Inner.Run(method, input, output);

    /// <inheritdoc/>
    protected override FeatureBatch ComputeSparse(FeatureBatch input) => Inner.TransformSparse(input);
}
