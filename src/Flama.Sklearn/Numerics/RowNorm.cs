using System.Numerics.Tensors;

namespace Flama.Sklearn.Numerics;

/// <summary>Divides a row by its own length.</summary>
internal static class RowNorm
{
    // Ten times the distance from 1 to the next float64: below it scikit-learn since 1.0 takes a norm for zero.
    private const double Tiny = 10 * 2.220446049250313e-16;

    /// <summary>Reads the name of a norm; null when the name is None.</summary>
    public static RowNormKind? Read(EstimatorState state, string attribute) => state.Value(attribute) is null
        ? null
        : state.Choice(attribute, "l1", "l2", "max") switch
        {
            "l1" => RowNormKind.L1,
            "l2" => RowNormKind.L2,
            _ => RowNormKind.Max,
        };

    /// <summary>Divides the values by their norm, unless it is zero.</summary>
    /// <param name="values">The row, or the stored values of a sparse one.</param>
    /// <param name="kind">Which norm.</param>
    /// <param name="ignoresTiny">Whether a norm that is nearly zero counts as zero.</param>
    public static void Apply(Span<double> values, RowNormKind kind, bool ignoresTiny = false)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var norm = kind switch
        {
            RowNormKind.L1 => SumOfMagnitudes(values),
            RowNormKind.L2 => Math.Sqrt(SumOfSquares(values)),
            _ => Math.Abs(TensorPrimitives.MaxMagnitude<double>(values)),
        };
        if (norm != 0 && !(ignoresTiny && norm < Tiny))
        {
            TensorPrimitives.Divide(values, norm, values);
        }
    }

    private static double SumOfMagnitudes(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Abs(value);
        }

        return sum;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}
