using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.KernelApproximation;

/// <summary>Kernels with some training rows, times a matrix that makes their products approximate the kernel: K(x, components_)·normalization_ᵀ.</summary>
/// <remarks>Missing and infinite values are refused, negative ones by the chi2 kernels. Source: sklearn.kernel_approximation, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class Nystroem : Transformer
{
    private readonly Matrix components;
    private readonly KernelFunction kernel;
    private readonly AffineMap normalization;

    public Nystroem(EstimatorState state)
        : base(state)
    {
        components = FeatureCount is { } features ? state.Matrix("components_", features) : state.Matrix("components_");
        FeatureCount = components.Columns;
        kernel = KernelFunction.Read(state, components.Columns);
        normalization = new AffineMap(state.Matrix("normalization_", components.Rows, components.Rows).Transpose(), new double[components.Rows]);
    }

    public override InputRule Input => InputRule.Numbers;

    public override int Width(int columns) => components.Rows;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        if (kernel.IsNonNegative)
        {
            NonNegative.Check(this, input);
        }

        using var scratch = new Scratch(input.Rows * components.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var embedded = scratch.Span.Slice(row * components.Rows, components.Rows);
            for (var i = 0; i < embedded.Length; i++)
            {
                embedded[i] = kernel.Of(values, components.Row(i));
            }
        }

        normalization.Apply(scratch.Span, output);
    }
}
