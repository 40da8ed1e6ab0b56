using System.Numerics;

namespace Flama.Sklearn.Numerics;

/// <summary>|x − y|² by summed squared differences.</summary>
internal static class SquaredDistance
{
    /// <summary>The squared Euclidean distance of two vectors of the same length.</summary>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var difference = new Vector<double>(x[i..]) - new Vector<double>(y[i..]);
            sums += difference * difference;
        }

        var sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
        {
            var difference = x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }
}
