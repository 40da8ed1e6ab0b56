using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Isotonic;

/// <summary>A piecewise linear curve through ascending points; a single point makes it constant everywhere.</summary>
internal sealed class IsotonicCurve
{
    private readonly double[] x;
    private readonly double[] y;
    private readonly double lowest;
    private readonly double highest;
    private readonly bool isFloat32;

    public IsotonicCurve(EstimatorState state)
    {
        var thresholds = state.FirstOf("X_thresholds_", "_necessary_X_");
        x = state.Vector(thresholds);
        y = state.Vector(state.FirstOf("y_thresholds_", "_necessary_y_"), x.Length);
        if (x.Length == 0 || !IsAscending(x))
        {
            throw state.Fail($"its attribute '{thresholds}' is not ascending");
        }

        lowest = state.Number("X_min_", x[0]);
        highest = state.Number("X_max_", x[^1]);
        OutOfBounds = state.OptionalText("out_of_bounds") ?? "nan";
        isFloat32 = state.Array(thresholds).Type is { Kind: DTypeKind.Float, ItemSize: 4 };
        if (OutOfBounds is not ("nan" or "clip" or "raise") || !(lowest <= highest))
        {
            throw state.Fail($"its out_of_bounds is '{OutOfBounds}' and its limits are {lowest} and {highest}");
        }
    }

    /// <summary>What happens beyond the points: 'nan', 'clip' or 'raise'.</summary>
    public string OutOfBounds { get; }

    /// <summary>Whether the curve says nothing about a value, so that the answer is NaN or an error.</summary>
    public bool IsBeyond(double value) => OutOfBounds != "clip" && x.Length > 1 && (Cast(value) < x[0] || Cast(value) > x[^1]);

    /// <summary>The height of the curve; NaN beyond the points unless they are clipped.</summary>
    public double At(double value)
    {
        var at = Cast(value);
        if (x.Length == 1)
        {
            return y[0];
        }

        if (OutOfBounds == "clip")
        {
            at = Math.Clamp(at, lowest, highest);
        }

        if (!(at >= x[0] && at <= x[^1]))
        {
            return double.NaN;
        }

        var right = Array.BinarySearch(x, at);
        if (right >= 0)
        {
            return y[right];
        }

        right = ~right;
        return ((y[right] - y[right - 1]) / (x[right] - x[right - 1]) * (at - x[right - 1])) + y[right - 1];
    }

    private static bool IsAscending(double[] values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (!(values[i] > values[i - 1]))
            {
                return false;
            }
        }

        return !double.IsNaN(values[0]);
    }

    // A curve trained on float32 looks values up as float32.
    private double Cast(double value) => isFloat32 ? (float)value : value;
}
