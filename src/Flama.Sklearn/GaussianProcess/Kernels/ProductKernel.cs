using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>DotProduct: x·y + σ₀².</summary>
internal sealed class ProductKernel(Matrix training, double sigma) : ProcessKernel
{
    private readonly RowPanels rows = new(training);

    public override void Write(ReadOnlySpan<double> row, Span<double> output)
    {
        rows.Products(row, output);
        System.Numerics.Tensors.TensorPrimitives.Add(output, sigma * sigma, output);
    }

    public override double Self(ReadOnlySpan<double> row) => DotProduct.Of(row, row) + (sigma * sigma);
}
