using System.Numerics.Tensors;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>A linear map of rows less their mean, (x − mean)·W, with its way back z·V + mean where there is one.</summary>
internal abstract class LinearReduction : Transformer
{
    private AffineMap? forward;
    private AffineMap? back;
    private double[]? mean;

    /// <summary>Reads the number of columns; the subclass calls <see cref="Learn"/>.</summary>
    protected LinearReduction(EstimatorState state)
        : base(state)
    {
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => mean is null;

    protected override bool HasInverse => back is not null;

    public override int Width(int columns) => forward!.Outputs;

    /// <summary>Reads <c>components_</c>, one per row.</summary>
    protected static Matrix Components(EstimatorState state, int? features) =>
        features is { } columns ? state.Matrix("components_", columns) : state.Matrix("components_");

    /// <summary>Reads <c>mean_</c>; null when it is None.</summary>
    protected static double[]? Mean(EstimatorState state, int features) => state.Value("mean_") is null ? null : state.Vector("mean_", features);

    /// <summary>Takes the maps over.</summary>
    /// <param name="weights">W, features × components.</param>
    /// <param name="means">What is subtracted before; null for nothing.</param>
    /// <param name="inverse">V, components × features; null when there is no way back.</param>
    protected void Learn(Matrix weights, double[]? means, Matrix? inverse)
    {
        forward = new AffineMap(weights, new double[weights.Columns]);
        mean = means;
        back = inverse is null ? null : new AffineMap(inverse, means ?? new double[inverse.Columns]);
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        if (mean is null)
        {
            if (input.Sparse is { } sparse)
            {
                forward!.Apply(sparse, output);
            }
            else
            {
                forward!.Apply(input.Numbers, output);
            }

            return;
        }

        using var scratch = new Scratch(input.Rows * mean.Length);
        Center(input, scratch.Span);
        forward!.Apply(scratch.Span, output);
    }

    protected override void Invert(FeatureBatch input, OutputSlice output) => back!.Apply(input.Numbers, output);

    /// <summary>Writes the rows less their mean.</summary>
    protected void Center(FeatureBatch input, Span<double> centered)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            TensorPrimitives.Subtract(input.Row(row), mean, centered.Slice(row * input.Columns, input.Columns));
        }
    }
}
