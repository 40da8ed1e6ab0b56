namespace Flama.Sklearn.Neighbors;

/// <summary>A distance between two rows, with an order-preserving cheaper form to rank by. Immutable and thread-safe.</summary>
internal abstract class Metric
{
    /// <summary>Whether missing cells have a meaning.</summary>
    public virtual bool TakesMissing => false;

    /// <summary>A number that orders pairs as their distances do.</summary>
    public abstract double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

    /// <summary>The distance that a rank stands for.</summary>
    public virtual double FromRank(double rank) => rank;

    /// <summary>The rank of a distance.</summary>
    public virtual double ToRank(double distance) => distance;
}
