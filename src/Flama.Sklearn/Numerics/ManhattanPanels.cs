using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>Σ|x − y|.</summary>
internal readonly struct ManhattanPanels : IPanelDistance
{
    public static Vector256<float> Add(Vector256<float> rank, Vector256<float> difference) => rank + Vector256.Abs(difference);

    public static Vector512<float> Add(Vector512<float> rank, Vector512<float> difference) => rank + Vector512.Abs(difference);

    public static double ToRank(double distance) => distance;

    public static double FromRank(double rank) => rank;

    public static double Norm(ReadOnlySpan<double> values) => TensorPrimitives.SumOfMagnitudes(values);

    public static double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += Math.Abs(x[i] - y[i]);
        }

        return sum;
    }
}
