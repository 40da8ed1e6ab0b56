using Flama.Pickle;

namespace Flama.Sklearn.Numerics;

/// <summary>A vector-valued B-spline as scipy stores it: knots, coefficients and degree.</summary>
/// <remarks>Evaluated by de Boor's recurrence over the k + 1 basis functions of an interval. Immutable and thread-safe.</remarks>
internal sealed class BasisSpline
{
    private const int MaxDegree = 64;

    private readonly double[] knots;
    private readonly Matrix coefficients;

    /// <summary>Reads a <c>scipy.interpolate.BSpline</c>.</summary>
    public BasisSpline(EstimatorState owner, object? value, string place)
    {
        if (value is not PickleObject { Class.Name: "BSpline" })
        {
            throw owner.Fail($"'{place}' is {PythonType.NameOf(value)}, expected a BSpline");
        }

        var state = owner.Part(value, place);
        knots = state.Vector(state.FirstOf("_t", "t"));
        Degree = state.Integer("k");
        coefficients = state.Matrix(state.FirstOf("_c", "c"));
        if (Degree is < 0 or > MaxDegree || knots.Length < 2 * (Degree + 1) || coefficients.Rows < knots.Length - Degree - 1)
        {
            throw state.Fail($"its {knots.Length} knots and {coefficients.Rows} coefficients do not fit its degree {Degree}");
        }

        for (var i = 1; i < knots.Length; i++)
        {
            if (!(knots[i] >= knots[i - 1]))
            {
                throw state.Fail($"its knots fall or are missing at {i}");
            }
        }
    }

    /// <summary>The degree of the pieces.</summary>
    public int Degree { get; }

    /// <summary>How many values it has at a position.</summary>
    public int Width => coefficients.Columns;

    /// <summary>The knot where the pieces begin.</summary>
    public double Start => knots[Degree];

    /// <summary>The knot where the pieces end.</summary>
    public double End => knots[knots.Length - Degree - 1];

    /// <summary>A knot by its distance from the first one.</summary>
    public double FromStart(int index) => knots[Math.Min(index, knots.Length - 1)];

    /// <summary>A knot by its distance from the last one.</summary>
    public double FromEnd(int index) => knots[Math.Max(0, knots.Length - 1 - index)];

    /// <summary>The values at a position; outside the pieces, the outer ones go on.</summary>
    /// <param name="x">The position; not NaN.</param>
    /// <param name="order">0 for values, 1 for slopes.</param>
    /// <param name="output"><see cref="Width"/> numbers.</param>
    public void Evaluate(double x, int order, Span<double> output)
    {
        var interval = IntervalOf(x);
        Span<double> basis = stackalloc double[Degree + 1];
        Span<double> previous = stackalloc double[Degree + 1];
        basis[0] = 1;
        for (var degree = 1; degree <= Degree; degree++)
        {
            basis[..degree].CopyTo(previous);
            Raise(basis, previous, x, interval, degree, isSlope: degree > Degree - order);
        }

        output.Clear();
        for (var i = 0; i <= Degree; i++)
        {
            var weights = coefficients.Row(interval - Degree + i);
            for (var j = 0; order <= Degree && j < output.Length; j++)
            {
                output[j] += weights[j] * basis[i];
            }
        }
    }

    // From the basis functions of one degree to those of the next, or to their slopes.
    private void Raise(Span<double> basis, ReadOnlySpan<double> previous, double x, int interval, int degree, bool isSlope)
    {
        basis[0] = 0;
        for (var i = 1; i <= degree; i++)
        {
            var right = knots[interval + i];
            var left = knots[interval + i - degree];
            if (right == left)
            {
                basis[i] = 0;
                continue;
            }

            if (isSlope)
            {
                var slope = degree * previous[i - 1] / (right - left);
                basis[i - 1] -= slope;
                basis[i] = slope;
            }
            else
            {
                var share = previous[i - 1] / (right - left);
                basis[i - 1] += share * (right - x);
                basis[i] = share * (x - left);
            }
        }
    }

    private int IntervalOf(double x)
    {
        var low = Degree;
        var high = knots.Length - Degree - 1;
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            if (x >= knots[middle])
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
