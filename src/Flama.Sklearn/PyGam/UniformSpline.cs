namespace Flama.Sklearn.PyGam;

/// <summary>The B-spline basis of pygam: knots at equal distances over training's range, straight lines beyond it.</summary>
/// <remarks>Source: pygam.utils.b_spline_basis, checked against 0.10.</remarks>
internal sealed class UniformSpline
{
    private const int MaxSplines = 10_000;
    private const int MaxOrder = 32;

    private readonly double offset;
    private readonly double scale;
    private readonly int order;
    private readonly bool isPeriodic;
    private readonly double[] knots;
    private readonly (double[] Values, double[] Slopes)[] ends;

    public UniformSpline(EstimatorState term)
    {
        order = term.Integer("spline_order");
        isPeriodic = term.Choice("basis", "ps", "cp") == "cp";
        var edges = term.Vector("edge_knots_");
        var count = term.Integer("n_splines");
        if (order is < 0 or > MaxOrder || count <= order || count > MaxSplines || edges.Length < 2 || !edges.All(double.IsFinite))
        {
            throw term.Fail($"it has {count} splines of order {order} and {edges.Length} edges");
        }

        Count = count;
        var splines = count + (isPeriodic ? order : 0);
        (offset, scale) = (edges.Min(), edges.Max() - edges.Min());
        scale = scale == 0 ? 1 : scale;
        knots = Knots(splines - order);
        ends = [AtEnd(0), AtEnd(1)];
    }

    /// <summary>How many functions there are.</summary>
    public int Count { get; }

    /// <summary>The values of all functions at a position.</summary>
    /// <param name="position">In the feature's unit.</param>
    /// <param name="output">As many numbers as <see cref="Count"/>.</param>
    public void Values(double position, Span<double> output)
    {
        var x = (position - offset) / scale;
        if (isPeriodic)
        {
            x -= Math.Floor(x / (1 + 1e-9)) * (1 + 1e-9);
        }

        if (x is < 0 or > 1 && order > 0)
        {
            var (values, slopes) = ends[x < 0 ? 0 : 1];
            var distance = x < 0 ? x : x - 1;
            for (var i = 0; i < output.Length; i++)
            {
                output[i] = (slopes[i] * distance) + values[i];
            }

            return;
        }

        Fold(Bases(Haar(x), order, x), output);
    }

    private double[] Knots(int intervals)
    {
        var boundary = new double[intervals + 1];
        for (var i = 0; i < boundary.Length; i++)
        {
            boundary[i] = i == intervals ? 1 : (double)i / intervals;
        }

        var step = boundary[1] - boundary[0];
        double[] all = [.. Enumerable.Range(0, order).Select(i => -(order - i) * step), .. boundary, .. Enumerable.Range(1, order).Select(i => 1 + (i * step))];
        all[^1] += 1e-9;
        return all;
    }

    private double[] Haar(double x)
    {
        var values = new double[knots.Length - 1];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = x >= knots[i] && x < knots[i + 1] ? 1 : 0;
        }

        return values;
    }

    // The recursion from constants upwards, to some order.
    private double[] Bases(double[] values, int upTo, double x)
    {
        for (var d = 1; d <= upTo; d++)
        {
            var next = new double[values.Length - 1];
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = ((x - knots[i]) * values[i] / (knots[i + d] - knots[i]))
                    + ((knots[i + d + 1] - x) * values[i + 1] / (knots[i + d + 1] - knots[i + 1]));
            }

            values = next;
        }

        return values;
    }

    // At 1 the constants are those at 0 mirrored, as the library has them.
    private (double[] Values, double[] Slopes) AtEnd(double x)
    {
        var constants = Haar(0);
        if (x == 1)
        {
            Array.Reverse(constants);
        }

        var values = new double[Count];
        var slopes = new double[Count];
        Fold(Bases(constants, order, x), values);
        if (order > 0)
        {
            var below = Bases(constants, order - 1, x);
            for (var i = 0; i < Count; i++)
            {
                slopes[i] = order * ((below[i] / (knots[i + order] - knots[i])) - (below[i + 1] / (knots[i + order + 1] - knots[i + 1])));
            }
        }

        return (values, slopes);
    }

    private void Fold(double[] bases, Span<double> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = isPeriodic && i < order ? Math.Max(bases[i], bases[bases.Length - order + i]) : bases[i];
        }
    }
}
