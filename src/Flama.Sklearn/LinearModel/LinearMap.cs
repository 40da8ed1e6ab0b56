using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.LinearModel;

/// <summary>Features to scores, x·Wᵀ + b, for dense and sparse rows.</summary>
/// <remarks>One score keeps its weights as they are; several are packed for the registers. Immutable and thread-safe.</remarks>
internal sealed class LinearMap
{
    private readonly AffineMap? map;
    private readonly double[] weights;
    private readonly double intercept;

    /// <summary>Makes the map.</summary>
    /// <param name="coefficients"><c>outputs × inputs</c>.</param>
    /// <param name="intercepts">One number per output.</param>
    public LinearMap(Matrix coefficients, ReadOnlySpan<double> intercepts)
    {
        Inputs = coefficients.Columns;
        Outputs = coefficients.Rows;
        weights = Outputs == 1 ? coefficients.Values : [];
        intercept = Outputs == 1 ? intercepts[0] : 0;
        map = Outputs == 1 ? null : new(coefficients.Transpose(), intercepts);
    }

    /// <summary>Columns of x.</summary>
    public int Inputs { get; }

    /// <summary>Columns of the result.</summary>
    public int Outputs { get; }

    /// <summary>Reads <c>coef_</c> (<c>outputs × features</c>, or one row without the first dimension) and <c>intercept_</c>.</summary>
    public static LinearMap Read(EstimatorState state, int? features)
    {
        var coefficients = state.Matrix("coef_");
        if (coefficients.Columns == 0 || coefficients.Rows == 0)
        {
            throw state.Fail($"its attribute 'coef_' has shape ({coefficients.Rows}, {coefficients.Columns})");
        }

        if (features is { } expected && coefficients.Columns != expected)
        {
            throw state.Fail($"its attribute 'coef_' has {coefficients.Columns} columns and the model takes {expected} features");
        }

        return new(coefficients, state.Broadcast("intercept_", coefficients.Rows));
    }

    /// <summary>Computes the scores of all rows.</summary>
    /// <param name="input">Numeric rows of <see cref="Inputs"/> columns.</param>
    /// <param name="output">As many rows, <see cref="Outputs"/> columns.</param>
    public void Apply(FeatureBatch input, OutputSlice output)
    {
        if (map is not null && input.Sparse is { } rows)
        {
            map.Apply(rows, output);
        }
        else if (map is not null)
        {
            map.Apply(input.Numbers, output);
        }
        else
        {
            ApplyOne(input, output);
        }
    }

    private void ApplyOne(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var sum = input.Sparse is { } rows
                ? DotProduct.Of(rows.ColumnsOf(row), rows.ValuesOf(row), weights)
                : DotProduct.Of(input.Row(row), weights);
            output[row, 0] = sum + intercept;
        }
    }
}
