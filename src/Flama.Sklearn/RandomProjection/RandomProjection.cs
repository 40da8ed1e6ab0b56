using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.RandomProjection;

/// <summary>Projects rows onto random directions: x·components_ᵀ.</summary>
/// <remarks>
/// GaussianRandomProjection and SparseRandomProjection. Going back (since 1.1) multiplies by the pseudo-inverse, which is computed on first use where training did not
/// keep it. Missing and infinite values are refused. Source: sklearn.random_projection, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class RandomProjection : Transformer
{
    private readonly AffineMap forward;
    private readonly Lazy<AffineMap> back;

    public RandomProjection(EstimatorState state)
        : base(state)
    {
        var components = FeatureCount is { } features ? state.Matrix("components_", features) : state.Matrix("components_");
        FeatureCount = components.Columns;
        forward = Map(components.Transpose());
        HasInverse = state.Version.IsAtLeast(1, 1);
        var stored = state.Value("inverse_components_") is null
            ? null
            : state.Matrix("inverse_components_", components.Columns, components.Rows).Transpose();
        back = new(() => Map(stored ?? PseudoInverse.Transposed(components)));
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => true;

    protected override bool HasInverse { get; }

    public override InputRule InputOf(Method method) => Input;

    public override int Width(int columns) => forward.Outputs;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        if (input.Sparse is { } rows)
        {
            forward.Apply(rows, output);
        }
        else
        {
            forward.Apply(input.Numbers, output);
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output) => back.Value.Apply(input.Numbers, output);

    private static AffineMap Map(Matrix weights) => new(weights, new double[weights.Columns]);
}
