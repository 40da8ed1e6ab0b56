using System.Numerics.Tensors;
using Flama.Pickle;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Neighbors;

/// <summary>Kernel density estimation: <c>score_samples</c> is the logarithm of the mean of the kernels around the training rows, by weight.</summary>
/// <remarks>
/// Computed exactly, whatever <c>atol</c> and <c>rtol</c> allow. Missing values are refused. Source: sklearn.neighbors._kde, checked against 0.23, 1.2, 1.4 and
/// 1.9.
/// </remarks>
internal sealed class KernelDensity : Estimator
{
    private const int SampleWeightPlace = 12;

    private static readonly Method[] All = [Method.ScoreSamples];

    private readonly NeighborSearch search;
    private readonly Func<double, double> kernel;
    private readonly double bandwidth;
    private readonly double logNormalizer;
    private readonly double[]? logWeights;

    public KernelDensity(EstimatorState state)
        : base(state)
    {
        if (state.Required("tree_") is not PickleObject { State: PickleTuple { Count: > 0 } parts })
        {
            throw state.Fail($"its tree is {PythonType.NameOf(state.Value("tree_"))} without data");
        }

        var rows = state.AsMatrix(parts[0], "tree_.data");
        if (FeatureCount is { } features && features != rows.Columns)
        {
            throw state.Fail($"its training rows have {rows.Columns} columns and it takes {features} features");
        }

        FeatureCount ??= rows.Columns;
        search = NeighborSearch.Of(state, rows);
        var name = state.Text("kernel");
        kernel = DensityKernel.Find(name) ?? throw state.Unsupported($"kernel='{name}'");
        bandwidth = state.Number(state.FirstOf("bandwidth_", "bandwidth"));
        if (!(bandwidth > 0))
        {
            throw state.Fail($"its bandwidth is {bandwidth}");
        }

        var weights = parts.Count > SampleWeightPlace && parts[SampleWeightPlace] is { } value ? state.AsVector(value, "tree_.sample_weight") : null;
        if (weights is not null && weights.Length != rows.Rows)
        {
            throw state.Fail($"it has {weights.Length} weights for {rows.Rows} training rows");
        }

        logWeights = weights is null ? null : Array.ConvertAll(weights, Math.Log);
        logNormalizer = DensityKernel.LogNormalizer(name, rows.Columns, bandwidth) + Math.Log(weights?.Sum() ?? rows.Rows);
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => InputRule.Floats;

    public override OutputShape Shape(Method method, FeatureBatch? input) => OutputShape.Number;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.ScoreSamples)
        {
            throw NoSuchMethod(method);
        }

        using var query = new RadiusQuery(search);
        for (var row = 0; row < input.Rows; row++)
        {
            query.Find(input, row, double.PositiveInfinity);
            var terms = query.Distances;
            for (var i = 0; i < terms.Length; i++)
            {
                terms[i] = kernel(terms[i] / bandwidth) + (logWeights is null ? 0 : logWeights[query.Indices[i]]);
            }

            output[row, 0] = LogSum(terms) - logNormalizer;
        }
    }

    private static double LogSum(Span<double> terms)
    {
        var largest = TensorPrimitives.Max(terms);
        if (!double.IsFinite(largest))
        {
            return largest;
        }

        TensorPrimitives.Subtract(terms, largest, terms);
        Exponential.Apply(terms);
        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += term;
        }

        return largest + Math.Log(sum);
    }
}
