namespace Flama.Sklearn.Neighbors;

/// <summary>A metric by its function; with an exponent, the function gives that power of the distance.</summary>
/// <param name="function">The distance, or its power.</param>
/// <param name="exponent">Which power; 1 for the distance itself.</param>
internal sealed class FunctionMetric(PairFunction function, double exponent = 1) : Metric
{
    private readonly bool takesMissing;

    /// <inheritdoc/>
    public override bool TakesMissing => takesMissing;

    /// <summary>Makes a metric that takes missing cells.</summary>
    public static FunctionMetric WithMissing(PairFunction function, double exponent) => new(function, exponent, takesMissing: true);

    private FunctionMetric(PairFunction function, double exponent, bool takesMissing)
        : this(function, exponent) => this.takesMissing = takesMissing;

    public override double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => function(x, y);

    public override double FromRank(double rank) => exponent switch
    {
        1 => rank,
        2 => Math.Sqrt(rank),
        _ => Math.Pow(rank, 1 / exponent),
    };

    public override double ToRank(double distance) => exponent switch
    {
        1 => distance,
        2 => distance * distance,
        _ => Math.Pow(distance, exponent),
    };
}
