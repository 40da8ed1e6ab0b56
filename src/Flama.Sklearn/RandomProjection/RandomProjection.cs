using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.RandomProjection;

/// <summary>Projects rows onto random directions: x·components_ᵀ.</summary>
/// <remarks>
/// GaussianRandomProjection and SparseRandomProjection. Going back (since 1.1) is there where training kept <c>inverse_components_</c>. Missing and infinite values
/// are refused. Source: sklearn.random_projection, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class RandomProjection : Transformer
{
    private readonly SparseProduct forward;
    private readonly SparseProduct? back;

    public RandomProjection(EstimatorState state)
        : base(state)
    {
        var components = FeatureCount is { } features ? state.Matrix("components_", features) : state.Matrix("components_");
        FeatureCount = components.Columns;
        forward = new SparseProduct(components.Transpose());
        back = state.Value("inverse_components_") is null
            ? null
            : new SparseProduct(state.Matrix("inverse_components_", components.Columns, components.Rows).Transpose());
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => true;

    protected override bool HasInverse => back is not null;

    public override InputRule InputOf(Method method) => Input;

    public override int Width(int columns) => forward.Outputs;

    protected override void Transform(FeatureBatch input, OutputSlice output) => forward.Apply(input, output);

    protected override void Invert(FeatureBatch input, OutputSlice output) => back!.Apply(input, output);
}
