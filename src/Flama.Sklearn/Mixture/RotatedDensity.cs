using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Mixture;

/// <summary>Components with any covariance, one each ('full') or one for all ('tied').</summary>
internal sealed class RotatedDensity : IComponentDensity
{
    private readonly AffineMap[] maps;
    private readonly double[] constants;

    /// <summary>Makes the density.</summary>
    /// <param name="means">One component a row.</param>
    /// <param name="factors">The Cholesky factor of each component's inverse covariance.</param>
    public RotatedDensity(Matrix means, IReadOnlyList<Matrix> factors)
    {
        maps = new AffineMap[means.Rows];
        constants = new double[means.Rows];
        for (var i = 0; i < maps.Length; i++)
        {
            var shift = new Matrix([.. means.Row(i)], 1, means.Columns).Times(factors[i]).Values;
            maps[i] = new AffineMap(factors[i], Array.ConvertAll(shift, value => -value));
            for (var column = 0; column < means.Columns; column++)
            {
                constants[i] += Math.Log(factors[i][column, column]);
            }
        }
    }

    public void Write(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * input.Columns);
        var rotated = new OutputSlice(scratch.Span, input.Columns);
        var constant = input.Columns * Math.Log(2 * Math.PI);
        for (var i = 0; i < maps.Length; i++)
        {
            maps[i].Apply(input.Numbers, rotated);
            for (var row = 0; row < output.Rows; row++)
            {
                var values = rotated.Row(row);
                output[row, i] = (-0.5 * (constant + DotProduct.Of(values, values))) + constants[i];
            }
        }
    }
}
