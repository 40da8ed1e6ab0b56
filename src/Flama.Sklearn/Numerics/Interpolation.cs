namespace Flama.Sklearn.Numerics;

/// <summary>Linear interpolation between points with rising x, as numpy's <c>interp</c> does it; flat outside.</summary>
internal static class Interpolation
{
    /// <summary>The height at x.</summary>
    /// <param name="x">Where; not NaN.</param>
    /// <param name="xs">Positions, not falling; at least one.</param>
    /// <param name="ys">Heights, as many.</param>
    public static double At(double x, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys)
    {
        var last = xs.Length - 1;
        if (x < xs[0])
        {
            return ys[0];
        }

        if (x >= xs[last])
        {
            return ys[last];
        }

        // The last position that is not above x.
        var low = 0;
        var high = last;
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            if (xs[middle] <= x)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        if (xs[low] == x)
        {
            return ys[low];
        }

        var slope = (ys[low + 1] - ys[low]) / (xs[low + 1] - xs[low]);
        var value = (slope * (x - xs[low])) + ys[low];
        if (!double.IsNaN(value))
        {
            return value;
        }

        value = (slope * (x - xs[low + 1])) + ys[low + 1];
        return double.IsNaN(value) && ys[low] == ys[low + 1] ? ys[low] : value;
    }
}
