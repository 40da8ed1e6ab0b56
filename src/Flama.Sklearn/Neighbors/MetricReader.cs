using Flama.Pickle;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Reads which distance an estimator uses, and its parameters.</summary>
/// <param name="state">The estimator's attributes.</param>
/// <param name="columns">Columns of a row.</param>
internal sealed class MetricReader(EstimatorState state, int columns)
{
    private readonly PickleDict? parameters =
        (state.Value("effective_metric_params_") ?? state.Value("metric_params")) as PickleDict;

    /// <summary>The name of the metric, other spellings resolved.</summary>
    public static string NameOf(EstimatorState state)
    {
        var value = state.Value(state.FirstOf("effective_metric_", "metric"));
        return value is not string name ? throw state.Unsupported("a metric function of the user's") : name switch
        {
            "l2" => "euclidean",
            "cityblock" or "l1" => "manhattan",
            "infinity" => "chebyshev",
            "p" => "minkowski",
            _ => name,
        };
    }

    /// <summary>The power p of the metric Σ|x − y|ᵖ.</summary>
    public static double PowerOf(EstimatorState state) => new MetricReader(state, 0).Power();

    /// <summary>The metric.</summary>
    public Metric Read()
    {
        var name = NameOf(state);
        if (name is not ("minkowski" or "wminkowski") && Parameter("w") is not null)
        {
            throw state.Unsupported($"metric='{name}' with weights");
        }

        return name switch
        {
            "euclidean" => OfPower(2),
            "sqeuclidean" => new FunctionMetric(EuclideanPanels.Rank),
            "manhattan" => OfPower(1),
            "chebyshev" => OfPower(double.PositiveInfinity),
            "minkowski" => Minkowski(),
            "wminkowski" => new FunctionMetric(PairFunctions.WeightedPower(Power(), Vector("w")), Power()),
            "seuclidean" => new FunctionMetric(PairFunctions.Scaled(Vector("V")), 2),
            "mahalanobis" => new FunctionMetric(PairFunctions.Quadratic(InverseCovariance()), 2),
            "haversine" => columns == 2
                ? new FunctionMetric(PairFunctions.Haversine)
                : throw state.Fail($"its metric is 'haversine', which takes 2 columns, and its rows have {columns}"),
            "nan_euclidean" when state.Version.IsAtLeast(1, 3) => FunctionMetric.WithMissing(PairFunctions.KnownEuclidean, 2),
            "nan_euclidean" => new FunctionMetric(PairFunctions.KnownEuclidean, 2),
            "braycurtis" when state.Value("_fit_method") is "brute" && !state.Version.IsAtLeast(1, 1) => new FunctionMetric(PairFunctions.BrayCurtisOfSums),
            "braycurtis" => new FunctionMetric(PairFunctions.BrayCurtis),
            "canberra" => new FunctionMetric(PairFunctions.Canberra),
            "correlation" => new FunctionMetric(PairFunctions.Correlation),
            "cosine" => new FunctionMetric(PairFunctions.Cosine),
            "hamming" => new FunctionMetric(PairFunctions.Hamming),
            _ => new FunctionMetric(FlagFunctions.Find(name) ?? throw state.Unsupported($"metric='{name}'")),
        };
    }

    /// <summary>The metric Σ|x − y|ᵖ without weights.</summary>
    public static Metric OfPower(double p) => p switch
    {
        1 => new FunctionMetric(ManhattanPanels.Rank),
        2 => new FunctionMetric(EuclideanPanels.Rank, 2),
        double.PositiveInfinity => new FunctionMetric(ChebyshevPanels.Rank),
        _ => new FunctionMetric(PairFunctions.Power(p, null), p),
    };

    private Metric Minkowski()
    {
        var p = Power();
        return Parameter("w") is null ? OfPower(p)
            : double.IsPositiveInfinity(p) ? throw state.Unsupported("metric='minkowski' with weights and p=inf")
            : new FunctionMetric(PairFunctions.Power(p, Vector("w")), p);
    }

    private double Power()
    {
        var p = Parameter("p") is { } value ? state.AsScalar(value, "metric_params['p']").Number : state.Number("p", 2);
        return p > 0 ? p : throw state.Fail($"its metric has the power {p}, expected one above 0");
    }

    private Matrix InverseCovariance()
    {
        if (Parameter("VI") is not null)
        {
            return Square("VI");
        }

        return Parameter("V") is null
            ? throw state.Unsupported("metric='mahalanobis' without the parameter V or VI")
            : SquareMatrix.Invert(Square("V")) ?? throw state.Fail("its covariance matrix V has no inverse");
    }

    private Matrix Square(string name)
    {
        var matrix = state.AsMatrix(Parameter(name), $"metric_params['{name}']");
        return matrix.Rows == columns && matrix.Columns == columns
            ? matrix
            : throw state.Fail($"its metric's {name} has shape ({matrix.Rows}, {matrix.Columns}), expected ({columns}, {columns})");
    }

    private double[] Vector(string name)
    {
        if (Parameter(name) is not { } value)
        {
            throw state.Unsupported($"metric='{NameOf(state)}' without the parameter {name}");
        }

        var vector = state.AsVector(value, $"metric_params['{name}']");
        return vector.Length == columns ? vector : throw state.Fail($"its metric's {name} has {vector.Length} values for {columns} columns");
    }

    private object? Parameter(string name) => parameters is not null && parameters.TryGetValue(name, out var value) ? value : null;
}
