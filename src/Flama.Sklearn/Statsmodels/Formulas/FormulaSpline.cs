using System.Globalization;

namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>The B-spline basis of patsy's <c>bs</c>: knots at quantiles of training's values, or where they were set.</summary>
/// <remarks>Source: patsy.splines, checked against the versions that statsmodels 0.14.4 and 0.15.0 were used with.</remarks>
internal sealed class FormulaSpline
{
    private const int MaxDegree = 16;
    private const int MaxKnots = 10_000;

    private readonly double[] knots;
    private readonly int degree;
    private readonly int dropped;

    private FormulaSpline(double[] knots, int degree, bool hasIntercept)
    {
        this.knots = knots;
        this.degree = degree;
        dropped = hasIntercept ? 0 : 1;
    }

    /// <summary>How many columns it has.</summary>
    public int Columns => knots.Length - degree - 1 - dropped;

    /// <summary>Reads the call and places the knots.</summary>
    public static FormulaSpline Read(EstimatorState data, string call, double[] values)
    {
        var (order, df, hasIntercept, inner) = (3, (int?)null, false, (double[]?)null);
        var (low, high) = values.Length == 0 ? (0.0, 1.0) : (values.Min(), values.Max());
        foreach (var argument in Arguments(call))
        {
            var parts = argument.Split('=', 2, StringSplitOptions.TrimEntries);
            var (name, value) = parts.Length == 2 ? (parts[0], parts[1]) : ("df", argument.Trim());
            switch (name)
            {
                case "degree" when Whole(value) is { } whole && whole <= MaxDegree:
                    order = whole;
                    break;
                case "df" when Whole(value) is { } whole && whole <= MaxKnots:
                    df = whole;
                    break;
                case "include_intercept" when value is "True" or "False":
                    hasIntercept = value == "True";
                    break;
                case "lower_bound" when Number(value) is { } number:
                    low = number;
                    break;
                case "upper_bound" when Number(value) is { } number:
                    high = number;
                    break;
                case "knots" when Numbers(value) is { Length: <= MaxKnots } numbers:
                    inner = numbers;
                    break;
                default:
                    throw data.Unsupported($"'{argument.Trim()}' in '{call}' of the formula");
            }
        }

        var count = (df ?? order) - order + (hasIntercept ? -1 : 0);
        inner ??= count < 0 ? throw data.Unsupported($"'{call}' of the formula") : Quantiles(values, count);
        return new([.. Enumerable.Repeat(low, order + 1), .. inner.Order(), .. Enumerable.Repeat(high, order + 1)], order, hasIntercept);
    }

    /// <summary>Whether a value lies within the outer knots.</summary>
    public bool Contains(double x) => x >= knots[0] && x <= knots[^1];

    /// <summary>The value of one column.</summary>
    public double Value(int column, double x)
    {
        var span = degree;
        while (span < knots.Length - degree - 2 && x >= knots[span + 1])
        {
            span++;
        }

        // Of the functions that are not zero on this span, from the constant ones upwards.
        Span<double> values = stackalloc double[MaxDegree + 2];
        values.Clear();
        values[degree] = 1;
        for (var d = 1; d <= degree; d++)
        {
            for (var j = degree - d; j <= degree; j++)
            {
                var i = span - degree + j;
                var left = knots[i + d] - knots[i] is > 0 and var width ? (x - knots[i]) / width * values[j] : 0;
                var right = j < degree && knots[i + d + 1] - knots[i + 1] is > 0 and var next ? (knots[i + d + 1] - x) / next * values[j + 1] : 0;
                values[j] = left + right;
            }
        }

        var at = column + dropped - (span - degree);
        return at >= 0 && at <= degree ? values[at] : 0;
    }

    private static double[] Quantiles(double[] values, int count)
    {
        double[] sorted = [.. values.Order()];
        var quantiles = new double[sorted.Length == 0 ? 0 : count];
        for (var i = 0; i < quantiles.Length; i++)
        {
            var at = (i + 1.0) / (count + 1) * (sorted.Length - 1);
            var below = (int)Math.Floor(at);
            quantiles[i] = sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
        }

        return quantiles;
    }

    private static IEnumerable<string> Arguments(string call)
    {
        var open = call.IndexOf('(', StringComparison.Ordinal);
        return FormulaText.Split(call[(open + 1)..call.LastIndexOf(')')], ',').Skip(1);
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double[]? Numbers(string text)
    {
        var items = text.Trim('[', ']', '(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Number).ToArray();
        return text.Length > 0 && text[0] is ('[' or '(') && items.All(item => item is not null) ? [.. items.Select(item => item!.Value)] : null;
    }
}
