using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Preprocessing;

/// <summary>The spline of one column of a <see cref="SplineTransformer"/> and what happens beyond its knots.</summary>
internal sealed class SplineColumn
{
    private readonly BasisSpline spline;
    private readonly string extrapolation;
    private readonly double low;
    private readonly double high;
    private readonly int outerBases;
    private readonly double[] lowValues;
    private readonly double[] highValues;
    private readonly double[] lowSlopes;
    private readonly double[] highSlopes;

    /// <summary>Prepares the values at the ends.</summary>
    /// <param name="spline">The spline.</param>
    /// <param name="extrapolation">The parameter of this name.</param>
    /// <param name="column">Which column of the transformer it is.</param>
    public SplineColumn(BasisSpline spline, string extrapolation, int column)
    {
        this.spline = spline;
        this.extrapolation = extrapolation;

        // With lines beyond the knots scikit-learn raises the degree that it counts outer bases and end knots by, after the first column from 1 to 2,
        // and from 0 in two steps; the later columns' ends are then further in than their first and last piece.
        var isLinear = extrapolation == "linear";
        var counted = isLinear && spline.Degree < 2 ? Math.Min(spline.Degree + column, 2) : spline.Degree;
        low = spline.FromStart(counted);
        high = spline.FromEnd(counted);
        outerBases = Math.Min(isLinear && counted < 2 ? counted + 1 : counted, spline.Width);
        lowValues = At(low, 0);
        highValues = At(high, 0);
        lowSlopes = At(low, 1);
        highSlopes = At(high, 1);
    }

    /// <summary>How many bases there are.</summary>
    public int Width => spline.Width;

    /// <summary>The values of the bases; NaN gives zeros. False when the value is beyond the knots and that is an error.</summary>
    public bool TryEvaluate(double x, Span<double> bases)
    {
        bases.Clear();
        if (double.IsNaN(x))
        {
            return true;
        }

        switch (extrapolation)
        {
            case "continue":
                spline.Evaluate(x, 0, bases);
                return true;
            case "periodic":
                Evaluate(spline.Start + Remainder(x - spline.Start, spline.End - spline.Start), bases);
                return true;
            case "error":
                spline.Evaluate(x, 0, bases);
                return x >= spline.Start && x <= spline.End;
            default:
                EvaluateOrContinue(x, bases);

                // scikit-learn's steps (degree 0) have no last base to keep constant, and it fails.
                return !(extrapolation == "constant" && spline.Degree == 0 && x > high && Width > 1);
        }
    }

    private static double Remainder(double x, double period)
    {
        var remainder = x % period;
        return remainder != 0 && (remainder < 0) != (period < 0) ? remainder + period : remainder;
    }

    private void Evaluate(double x, Span<double> bases)
    {
        if (double.IsNaN(x))
        {
            bases.Fill(x);
        }
        else
        {
            spline.Evaluate(x, 0, bases);
        }
    }

    private void EvaluateOrContinue(double x, Span<double> bases)
    {
        if (x >= low && x <= high)
        {
            spline.Evaluate(x, 0, bases);
            return;
        }

        var isLow = x < low;
        var values = isLow ? lowValues : highValues;
        var slopes = isLow ? lowSlopes : highSlopes;
        var distance = x - (isLow ? low : high);
        for (var i = isLow ? 0 : Width - outerBases; i < (isLow ? outerBases : Width); i++)
        {
            bases[i] = extrapolation == "constant" ? values[i] : values[i] + (distance * slopes[i]);
        }
    }

    private double[] At(double x, int order)
    {
        var values = new double[spline.Width];
        spline.Evaluate(x, order, values);
        return values;
    }
}
