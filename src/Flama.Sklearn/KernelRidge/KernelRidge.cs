using Flama.Pickle.Numpy;
using Flama.Sklearn.KernelApproximation;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.KernelRidge;

/// <summary>Kernels with the training rows times their weights: K(x, X_fit_)·dual_coef_.</summary>
/// <remarks>
/// Where the kernel is 'precomputed' rows are kernels themselves. Missing values are refused, negative ones by the chi2 kernels. Source: sklearn.kernel_ridge, checked against 0.23,
/// 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class KernelRidge : Regressor
{
    private readonly KernelRows? kernel;
    private readonly AffineMap map;

    public KernelRidge(EstimatorState state)
        : base(state)
    {
        var isFlat = state.Array("dual_coef_") is NdArray { Shape.Count: < 2 };
        var weights = isFlat ? new Matrix(state.Vector("dual_coef_"), state.Array("dual_coef_").Length, 1) : state.Matrix("dual_coef_");
        if (state.Value("kernel") is not "precomputed")
        {
            kernel = KernelRows.Read(state, "X_fit_", FeatureCount);
        }

        FeatureCount ??= kernel?.Columns ?? weights.Rows;
        if (weights.Rows != (kernel?.Rows ?? FeatureCount) || weights.Columns == 0)
        {
            throw state.Fail($"it has {weights.Rows} weights for {kernel?.Rows ?? FeatureCount} training rows");
        }

        map = new AffineMap(weights, new double[weights.Columns]);
        Outputs = isFlat ? null : weights.Columns;
    }

    public override bool TakesSparse => kernel is null or { TakesSparse: true };

    protected override int? Outputs { get; }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        if (kernel is null)
        {
            Multiply(input, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * kernel.Rows);
        kernel.Write(this, input, new OutputSlice(scratch.Span, kernel.Rows));
        map.Apply(scratch.Span, output);
    }

    private void Multiply(FeatureBatch input, OutputSlice output)
    {
        if (input.Sparse is { } sparse)
        {
            map.Apply(sparse, output);
        }
        else
        {
            map.Apply(input.Numbers, output);
        }
    }
}
