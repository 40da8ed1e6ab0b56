using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>max|x − y|.</summary>
internal readonly struct ChebyshevPanels : IPanelDistance
{
    public static Vector256<float> Add(Vector256<float> rank, Vector256<float> difference) => Vector256.Max(rank, Vector256.Abs(difference));

    public static Vector512<float> Add(Vector512<float> rank, Vector512<float> difference) => Vector512.Max(rank, Vector512.Abs(difference));

    public static double ToRank(double distance) => distance;

    public static double FromRank(double rank) => rank;

    public static double Norm(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    public static double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var largest = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(x[i] - y[i]));
        }

        return largest;
    }
}
