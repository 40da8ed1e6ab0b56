using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.CrossDecomposition;

/// <summary>((x − mean) / deviation)·W + b.</summary>
internal sealed class StandardizedMap
{
    private readonly AffineMap map;
    private readonly double[] mean;
    private readonly double[]? deviation;

    /// <summary>Makes the map.</summary>
    /// <param name="weights">W.</param>
    /// <param name="bias">b.</param>
    /// <param name="mean">What columns are made less by.</param>
    /// <param name="deviation">What they are divided by then; null for nothing.</param>
    public StandardizedMap(Matrix weights, double[] bias, double[] mean, double[]? deviation)
    {
        map = new AffineMap(weights, bias);
        this.mean = mean;
        this.deviation = deviation;
    }

    /// <summary>The training's means of columns, <c>_x_mean</c> since 0.24.</summary>
    public static double[] Mean(EstimatorState state, int columns) => state.Vector(state.FirstOf("_x_mean", "x_mean_"), columns);

    /// <summary>The training's deviations of columns, <c>_x_std</c> since 0.24; ones where it did not scale.</summary>
    public static double[] Deviation(EstimatorState state, int columns) => state.Vector(state.FirstOf("_x_std", "x_std_"), columns);

    /// <summary>Computes the map of all rows.</summary>
    public void Apply(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * input.Columns);
        for (var i = 0; i < scratch.Span.Length; i++)
        {
            var value = input.Numbers[i] - mean[i % mean.Length];
            scratch.Span[i] = deviation is null ? value : value / deviation[i % mean.Length];
        }

        map.Apply(scratch.Span, output);
    }
}
