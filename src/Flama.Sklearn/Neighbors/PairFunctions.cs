using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Distances between two rows of numbers.</summary>
internal static class PairFunctions
{
    /// <summary>1 − x·y / (|x| |y|), between 0 and 2; 1 where a row is all zeros.</summary>
    public static double Cosine(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var lengths = Math.Sqrt(DotProduct.Of(x, x)) * Math.Sqrt(DotProduct.Of(y, y));
        return lengths == 0 ? 1 : Math.Clamp(1 - (DotProduct.Of(x, y) / lengths), 0, 2);
    }

    /// <summary>1 − the correlation of x and y.</summary>
    public static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double meanX = 0, meanY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            meanX += x[i];
            meanY += y[i];
        }

        meanX /= x.Length;
        meanY /= y.Length;
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }

        return 1 - (xy / Math.Sqrt(xx * yy));
    }

    /// <summary>Σ |x − y| / (|x| + |y|), without the columns where both are 0.</summary>
    public static double Canberra(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var size = Math.Abs(x[i]) + Math.Abs(y[i]);
            sum += size > 0 ? Math.Abs(x[i] - y[i]) / size : 0;
        }

        return sum;
    }

    /// <summary>Σ|x − y| / Σ(|x| + |y|); 0 for two rows of zeros.</summary>
    public static double BrayCurtis(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double difference = 0, size = 0;
        for (var i = 0; i < x.Length; i++)
        {
            difference += Math.Abs(x[i] - y[i]);
            size += Math.Abs(x[i]) + Math.Abs(y[i]);
        }

        return size > 0 ? difference / size : 0;
    }

    /// <summary>Σ|x − y| / Σ|x + y|: scipy's form of <see cref="BrayCurtis"/>, which brute force used before 1.1.</summary>
    public static double BrayCurtisOfSums(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double difference = 0, size = 0;
        for (var i = 0; i < x.Length; i++)
        {
            difference += Math.Abs(x[i] - y[i]);
            size += Math.Abs(x[i] + y[i]);
        }

        return difference / size;
    }

    /// <summary>The share of columns that differ.</summary>
    public static double Hamming(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var different = 0;
        for (var i = 0; i < x.Length; i++)
        {
            different += x[i] == y[i] ? 0 : 1;
        }

        return (double)different / x.Length;
    }

    /// <summary>The angle between two points of a sphere, given as latitude and longitude in radians.</summary>
    public static double Haversine(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var latitude = Math.Sin(0.5 * (x[0] - y[0]));
        var longitude = Math.Sin(0.5 * (x[1] - y[1]));
        return 2 * Math.Asin(Math.Sqrt((latitude * latitude) + (Math.Cos(x[0]) * Math.Cos(y[0]) * longitude * longitude)));
    }

    /// <summary>Σ(x − y)² over the columns known in both, times all columns over those; NaN when there are none.</summary>
    public static double KnownEuclidean(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        var known = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = x[i] - y[i];
            if (!double.IsNaN(difference))
            {
                sum += difference * difference;
                known++;
            }
        }

        return known == 0 ? double.NaN : sum / known * x.Length;
    }

    /// <summary>Σ w |x − y|ᵖ.</summary>
    public static PairFunction Power(double p, double[]? weights) => (x, y) =>
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += (weights is null ? 1 : weights[i]) * Math.Pow(Math.Abs(x[i] - y[i]), p);
        }

        return sum;
    };

    /// <summary>Σ (w |x − y|)ᵖ, the weights of 'wminkowski'.</summary>
    public static PairFunction WeightedPower(double p, double[] weights) =>
        Power(p, Array.ConvertAll(weights, weight => Math.Pow(weight, p)));

    /// <summary>Σ (x − y)² / v.</summary>
    public static PairFunction Scaled(double[] variances) => (x, y) =>
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = x[i] - y[i];
            sum += difference * difference / variances[i];
        }

        return sum;
    };

    /// <summary>(x − y)ᵀ M (x − y).</summary>
    public static PairFunction Quadratic(Matrix inverse) => (x, y) =>
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var inner = 0.0;
            var row = inverse.Row(i);
            for (var j = 0; j < y.Length; j++)
            {
                inner += row[j] * (x[j] - y[j]);
            }

            sum += inner * (x[i] - y[i]);
        }

        return sum;
    };
}
