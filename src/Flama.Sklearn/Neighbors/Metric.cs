using System.Numerics.Tensors;
using Flama.Pickle;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>A distance between two rows, with an order-preserving cheaper form to rank by.</summary>
internal abstract class Metric
{
    /// <summary>Reads <c>effective_metric_</c> and its parameters.</summary>
    public static Metric Read(EstimatorState state)
    {
        var name = state.Value(state.FirstOf("effective_metric_", "metric")) is string text
            ? text
            : throw state.Unsupported("a metric function of the user's");
        var parameters = state.Value("effective_metric_params_") as PickleDict;
        if (parameters is not null && parameters.TryGetValue("w", out var weights) && weights is not null)
        {
            throw state.Unsupported("a weighted metric");
        }

        return name switch
        {
            "euclidean" or "l2" => new Euclidean(),
            "sqeuclidean" => new Euclidean { IsSquared = true },
            "manhattan" or "cityblock" or "l1" => new Manhattan(),
            "chebyshev" or "infinity" => new Chebyshev(),
            "cosine" => new Cosine(),
            "minkowski" => OfPower(parameters is not null && parameters.TryGetValue("p", out var p)
                ? state.AsScalar(p, "effective_metric_params_['p']").Number
                : state.Number("p", 2)),
            _ => throw state.Unsupported(
                $"metric='{name}'", "Known: euclidean, sqeuclidean, manhattan, chebyshev, cosine, minkowski and their other names."),
        };
    }

    /// <summary>A number that orders pairs as their distances do.</summary>
    public abstract double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

    /// <summary>The distance that a rank stands for.</summary>
    public virtual double FromRank(double rank) => rank;

    private static Metric OfPower(double p) => p switch
    {
        1 => new Manhattan(),
        2 => new Euclidean(),
        double.PositiveInfinity => new Chebyshev(),
        _ => new Minkowski(p),
    };

    private sealed class Euclidean : Metric
    {
        public bool IsSquared { get; init; }

        public override double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => SquaredDistance.Of(x, y);

        public override double FromRank(double rank) => IsSquared ? rank : Math.Sqrt(rank);
    }

    private sealed class Manhattan : Metric
    {
        public override double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                sum += Math.Abs(x[i] - y[i]);
            }

            return sum;
        }
    }

    private sealed class Chebyshev : Metric
    {
        public override double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            var largest = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(x[i] - y[i]));
            }

            return largest;
        }
    }

    private sealed class Cosine : Metric
    {
        public override double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            var lengths = TensorPrimitives.Norm(x) * TensorPrimitives.Norm(y);
            return lengths == 0 ? 1 : Math.Clamp(1 - (TensorPrimitives.Dot(x, y) / lengths), 0, 2);
        }
    }

    private sealed class Minkowski(double p) : Metric
    {
        public override double Rank(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                sum += Math.Pow(Math.Abs(x[i] - y[i]), p);
            }

            return sum;
        }

        public override double FromRank(double rank) => Math.Pow(rank, 1 / p);
    }
}
