namespace Flama.Sklearn.Neighbors;

/// <summary>A distance of sparse rows, from what can be had without their zeros.</summary>
/// <param name="Formula">The rank from x·y, |x|² and |y|²; for Manhattan from Σ(|x − y| − |x| − |y|) over the entries of y, Σ|x| and Σ|y|.</param>
/// <param name="IsManhattan">Whether the latter.</param>
/// <param name="IsSquared">Whether a rank is the square of a distance.</param>
internal sealed record SparseMetric(Func<double, double, double, double> Formula, bool IsManhattan, bool IsSquared)
{
    /// <summary>Finds a distance by its name; null when scikit-learn has none for sparse rows.</summary>
    public static SparseMetric? Find(string name) => name switch
    {
        "euclidean" => new(Squared, IsManhattan: false, IsSquared: true),
        "sqeuclidean" => new(Squared, IsManhattan: false, IsSquared: false),
        "manhattan" => new((sum, x, y) => Math.Max(0, x + y + sum), IsManhattan: true, IsSquared: false),
        "cosine" => new(Cosine, IsManhattan: false, IsSquared: false),
        _ => null,
    };

    private static double Squared(double product, double x, double y) => Math.Max(0, x + y - (2 * product));

    private static double Cosine(double product, double x, double y) =>
        x * y == 0 ? 1 : Math.Clamp(1 - (product / (Math.Sqrt(x) * Math.Sqrt(y))), 0, 2);
}
