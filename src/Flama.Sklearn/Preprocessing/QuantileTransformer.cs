using Flama.Json;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Maps each column through its distribution in training to a uniform or normal one.</summary>
/// <remarks>
/// Between the stored quantiles it interpolates from below and from above and takes the mean, which matters where quantiles repeat. Values at or beyond the
/// outer quantiles become 0 and 1; normal ones are cut off at ±5.1993. Missing values stay missing; infinite ones are refused. The stored values of
/// sparse rows are mapped, their zeros are not. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class QuantileTransformer : ColumnScaler
{
    // scikit-learn's distance from the bounds within which a value counts as the bound.
    private const double Near = 1e-7;
    private const double Cut = 5.199337582605575;

    private readonly double[] references;
    private readonly double[] mirroredReferences;
    private readonly double[][] quantiles;
    private readonly double[][] mirroredQuantiles;
    private readonly bool isNormal;
    private readonly bool ignoresZeros;

    public QuantileTransformer(EstimatorState state)
        : base(state)
    {
        references = state.Vector("references_");
        var matrix = state.Matrix("quantiles_");
        FeatureCount ??= matrix.Columns;
        if (references.Length == 0 || matrix.Rows != references.Length || matrix.Columns != FeatureCount)
        {
            throw state.Fail($"its quantiles_ have shape ({matrix.Rows}, {matrix.Columns}), expected ({references.Length}, {FeatureCount})");
        }

        var columns = matrix.Transpose();
        quantiles = [.. Enumerable.Range(0, matrix.Columns).Select(i => columns.Row(i).ToArray())];
        mirroredQuantiles = Array.ConvertAll(quantiles, Mirror);
        mirroredReferences = Mirror(references);
        isNormal = state.Choice("output_distribution", "uniform", "normal") == "normal";
        ignoresZeros = state.Flag("ignore_implicit_zeros", false);
    }

    public override bool TakesSparse => true;

    public override bool KeepsSparse => true;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        base.Describe(columns, downstream);
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].OfferExample(Scalar.Of(quantiles[i][quantiles[i].Length / 2]));
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var target = output.Row(row);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = Map(values[i], i);
            }
        }
    }

    protected override void TransformStored(ReadOnlySpan<int> columns, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 && !ignoresZeros)
            {
                throw InputCheck.Problem(new InputProblem(ProblemTypes.NumberRange, $"{Name} takes no negative values in sparse rows."));
            }

            values[i] = Map(values[i], columns[i]);
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var target = output.Row(row);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = MapBack(values[i], quantiles[i]);
            }
        }
    }

    private static double[] Mirror(double[] values)
    {
        var mirrored = Array.ConvertAll(values, value => -value);
        Array.Reverse(mirrored);
        return mirrored;
    }

    private double Map(double x, int column)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        var steps = quantiles[column];
        double share;
        if (isNormal ? x - Near < steps[0] : x == steps[0])
        {
            share = 0;
        }
        else if (isNormal ? x + Near > steps[^1] : x == steps[^1])
        {
            share = 1;
        }
        else
        {
            share = 0.5 * (Interpolation.At(x, steps, references) - Interpolation.At(-x, mirroredQuantiles[column], mirroredReferences));
        }

        return isNormal ? Math.Clamp(StandardNormal.Quantile(share), -Cut, Cut) : share;
    }

    private double MapBack(double x, double[] steps)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        var share = isNormal ? StandardNormal.Probability(x) : x;
        if (isNormal ? share - Near < 0 : share == 0)
        {
            return steps[0];
        }

        return (isNormal ? share + Near > 1 : share == 1) ? steps[^1] : Interpolation.At(share, references, steps);
    }
}
