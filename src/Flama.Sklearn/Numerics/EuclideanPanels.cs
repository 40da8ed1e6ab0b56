using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>√Σ(x − y)², ranked by its square.</summary>
internal readonly struct EuclideanPanels : IPanelDistance
{
    public static Vector256<float> Add(Vector256<float> rank, Vector256<float> difference) =>
        Vector256.MultiplyAddEstimate(difference, difference, rank);

    public static Vector512<float> Add(Vector512<float> rank, Vector512<float> difference) =>
        Vector512.MultiplyAddEstimate(difference, difference, rank);

    public static double ToRank(double distance) => distance * distance;

    public static double FromRank(double rank) => Math.Sqrt(rank);

    public static double Norm(ReadOnlySpan<double> values) => TensorPrimitives.Norm(values);

    public static double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => SquaredDistance.Of(x, y);
}
