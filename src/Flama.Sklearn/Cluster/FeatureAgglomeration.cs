using Flama.Pickle;

namespace Flama.Sklearn.Cluster;

/// <summary>Feature agglomeration: one column a cluster of columns, their mean or what <c>pooling_func</c> says; the inverse spreads it over them.</summary>
/// <remarks>
/// Of numpy's functions mean, median, sum, prod, min, max, std, var and ptp are known. Missing values are refused. Source: sklearn.cluster._agglomerative and
/// _feature_agglomeration, checked against 1.2 (0.23, 1.4 and 1.9 compute the same).
/// </remarks>
internal sealed class FeatureAgglomeration : Transformer
{
    private readonly int[] clusterOf;
    private readonly int[][] columnsOf;
    private readonly Func<double[], double> pool;

    public FeatureAgglomeration(EstimatorState state)
        : base(state)
    {
        var labels = state.Integers("labels_");
        FeatureCount ??= labels.Length;
        if (labels.Length != FeatureCount || labels.Length == 0)
        {
            throw state.Fail($"it has {labels.Length} labels for {FeatureCount} features");
        }

        int[] clusters = [.. labels.Distinct().Order()];
        clusterOf = Array.ConvertAll(labels, label => Array.BinarySearch(clusters, label));
        columnsOf = [.. clusters.Select(cluster => Enumerable.Range(0, labels.Length).Where(column => labels[column] == cluster).ToArray())];
        pool = PoolingOf(state);
    }

    protected override bool HasInverse => true;

    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? InputRule.Numbers : Input;

    public override int Width(int columns) => columnsOf.Length;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        double[][] buffers = [.. columnsOf.Select(columns => new double[columns.Length])];
        for (var row = 0; row < output.Rows; row++)
        {
            var values = input.Row(row);
            for (var cluster = 0; cluster < columnsOf.Length; cluster++)
            {
                for (var i = 0; i < buffers[cluster].Length; i++)
                {
                    buffers[cluster][i] = values[columnsOf[cluster][i]];
                }

                output[row, cluster] = pool(buffers[cluster]);
            }
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            for (var column = 0; column < clusterOf.Length; column++)
            {
                output[row, column] = input.Row(row)[clusterOf[column]];
            }
        }
    }

    private static Func<double[], double> PoolingOf(EstimatorState state)
    {
        if (state.Value("pooling_func") is not PickleSymbol { Global: var function } || !function.Module.StartsWith("numpy", StringComparison.Ordinal))
        {
            throw state.Unsupported("a pooling function of the user's");
        }

        return function.Name switch
        {
            "mean" => Mean,
            "median" => Median,
            "sum" => values => values.Sum(),
            "prod" => values => values.Aggregate(1.0, (product, value) => product * value),
            "min" or "amin" => values => values.Min(),
            "max" or "amax" => values => values.Max(),
            "var" => Variance,
            "std" => values => Math.Sqrt(Variance(values)),
            "ptp" => values => values.Max() - values.Min(),
            _ => throw state.Unsupported($"pooling_func={function}"),
        };
    }

    private static double Mean(double[] values) => values.Sum() / values.Length;

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static double Variance(double[] values)
    {
        var mean = Mean(values);
        return values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }
}
