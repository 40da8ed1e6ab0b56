using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Mixture;

/// <summary>Components whose features are independent: a variance a feature ('diag') or one for all ('spherical').</summary>
/// <remarks>Squares are multiplied out as in scikit-learn, μ²p − 2 x·(μp) + x²·p, so that what overflows there overflows here.</remarks>
internal sealed class AxisDensity : IComponentDensity
{
    private readonly AffineMap products;
    private readonly AffineMap squares;
    private readonly double[] norms;
    private readonly double[] constants;

    /// <summary>Makes the density.</summary>
    /// <param name="means">One component a row.</param>
    /// <param name="roots">The roots of the inverse variances, of the same shape.</param>
    public AxisDensity(Matrix means, Matrix roots)
    {
        var (weighted, precisions) = (new double[means.Values.Length], new double[means.Values.Length]);
        norms = new double[means.Rows];
        constants = new double[means.Rows];
        for (var i = 0; i < weighted.Length; i++)
        {
            var component = i / means.Columns;
            precisions[i] = roots.Values[i] * roots.Values[i];
            weighted[i] = means.Values[i] * precisions[i];
            norms[component] += means.Values[i] * means.Values[i] * precisions[i];
            constants[component] += Math.Log(roots.Values[i]);
        }

        products = new AffineMap(new Matrix(weighted, means.Rows, means.Columns).Transpose(), new double[means.Rows]);
        squares = new AffineMap(new Matrix(precisions, means.Rows, means.Columns).Transpose(), new double[means.Rows]);
    }

    public void Write(FeatureBatch input, OutputSlice output)
    {
        var count = norms.Length;
        using var scratch = new Scratch((input.Rows * input.Columns) + (input.Rows * count));
        var squared = scratch.Span[..(input.Rows * input.Columns)];
        var sums = new OutputSlice(scratch.Span[squared.Length..], count);
        System.Numerics.Tensors.TensorPrimitives.Multiply(input.Numbers, input.Numbers, squared);
        products.Apply(input.Numbers, output);
        squares.Apply(squared, sums);
        var constant = input.Columns * Math.Log(2 * Math.PI);
        for (var row = 0; row < output.Rows; row++)
        {
            for (var i = 0; i < count; i++)
            {
                output[row, i] = (-0.5 * (constant + (norms[i] - (2 * output[row, i]) + sums[row, i]))) + constants[i];
            }
        }
    }
}
