using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>A distance that <see cref="PanelIndex{TDistance}"/> can estimate: a sum or maximum over the columns' differences.</summary>
internal interface IPanelDistance
{
    /// <summary>Takes one more column into account, for eight rows.</summary>
    static abstract Vector256<float> Add(Vector256<float> rank, Vector256<float> difference);

    /// <summary>Takes one more column into account, for sixteen rows.</summary>
    static abstract Vector512<float> Add(Vector512<float> rank, Vector512<float> difference);

    /// <summary>The number that orders rows as their distances do.</summary>
    static abstract double ToRank(double distance);

    /// <summary>The distance of a rank.</summary>
    static abstract double FromRank(double rank);

    /// <summary>The distance of a vector from 0.</summary>
    static abstract double Norm(ReadOnlySpan<double> values);

    /// <summary>The rank of two vectors.</summary>
    static abstract double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y);
}
