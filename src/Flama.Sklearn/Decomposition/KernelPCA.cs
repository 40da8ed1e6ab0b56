using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>Kernel principal components: the centred kernel with the training rows, times the eigenvectors over the roots of their eigenvalues.</summary>
/// <remarks>
/// With <c>fit_inverse_transform</c> the way back is K(z, training's z)·dual_coef_. Missing values are refused. Source: sklearn.decomposition._kernel_pca, checked against 0.23, 1.2,
/// 1.4 and 1.9.
/// </remarks>
internal sealed class KernelPCA : Transformer
{
    private readonly CenteredKernel kernel;
    private readonly AffineMap projection;
    private readonly CenteredKernel? backKernel;
    private readonly AffineMap? back;

    public KernelPCA(EstimatorState state)
        : base(state)
    {
        kernel = CenteredKernel.Read(state, FeatureCount);
        FeatureCount ??= kernel.Columns;
        var values = state.Vector(state.FirstOf("eigenvalues_", "lambdas_"));
        var vectors = state.Matrix(state.FirstOf("eigenvectors_", "alphas_"), kernel.Rows, values.Length);
        projection = new AffineMap(
            new([.. vectors.Values.Select((value, i) => values[i % values.Length] == 0 ? 0 : value / Math.Sqrt(values[i % values.Length]))], vectors.Rows, vectors.Columns),
            new double[values.Length]);
        if (!state.Flag("fit_inverse_transform", false))
        {
            return;
        }

        var rows = state.Matrix("X_transformed_fit_", kernel.Rows, values.Length);
        backKernel = CenteredKernel.Of(state, rows);
        back = new AffineMap(state.Matrix("dual_coef_", kernel.Rows, FeatureCount.Value), new double[FeatureCount.Value]);
    }

    public override InputRule Input => InputRule.Numbers;

    protected override bool HasInverse => back is not null;

    public override InputRule InputOf(Method method) => InputRule.Numbers;

    public override int Width(int columns) => projection.Outputs;

    protected override void Transform(FeatureBatch input, OutputSlice output) => Project(kernel, projection, input, output);

    protected override void Invert(FeatureBatch input, OutputSlice output) => Project(backKernel!, back!, input, output);

    private void Project(CenteredKernel kernels, AffineMap map, FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * kernels.Rows);
        kernels.Write(this, input, new OutputSlice(scratch.Span, kernels.Rows));
        map.Apply(scratch.Span, output);
    }
}
