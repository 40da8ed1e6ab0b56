using Flama.Json;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.KernelApproximation;

/// <summary>RBFSampler and SkewedChi2Sampler: cosines of random projections, √(2/n)·cos(x·random_weights_ + random_offset_); for the skewed chi2 kernel of log(x + skewedness).</summary>
/// <remarks>
/// Missing and infinite values are refused, and by SkewedChi2Sampler values not above −skewedness. Source: sklearn.kernel_approximation, checked against 0.23, 1.2,
/// 1.4 and 1.9.
/// </remarks>
internal sealed class CosineSampler : Transformer
{
    private readonly AffineMap projection;
    private readonly double factor;
    private readonly double? skewedness;

    /// <summary>Reads the sampler.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="isSkewed">Whether it is the one for the skewed chi2 kernel.</param>
    public CosineSampler(EstimatorState state, bool isSkewed)
        : base(state)
    {
        var weights = state.Matrix("random_weights_");
        FeatureCount ??= weights.Rows;
        weights = state.Matrix("random_weights_", FeatureCount.Value, weights.Columns);
        projection = new AffineMap(weights, state.Vector("random_offset_", weights.Columns));
        factor = Math.Sqrt(2.0 / state.Integer("n_components", weights.Columns));
        skewedness = isSkewed ? state.Number("skewedness", 1) : null;
    }

    public override InputRule Input => skewedness is null ? InputRule.Numbers : InputRule.Floats;

    public override int Width(int columns) => projection.Outputs;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var logarithms = skewedness is { } shift ? Logarithms(input, shift) : null;
        projection.Apply((logarithms ?? input).Numbers, output);
        for (var row = 0; row < output.Rows; row++)
        {
            foreach (ref var value in output.Row(row))
            {
                value = Math.Cos(value) * factor;
            }
        }
    }

    private FeatureBatch Logarithms(FeatureBatch input, double shift)
    {
        var logarithms = FeatureBatch.RentLike(input);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var target = logarithms.WritableRow(row);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] <= -shift)
                {
                    logarithms.Dispose();
                    throw InputCheck.CellProblem(
                        this, input, row, i, ProblemTypes.NumberRange, $"the value {Scalar.Of(values[i])} is not above {Scalar.Of(-shift)}, as {Name} needs it");
                }

                target[i] = Math.Log(values[i] + shift);
            }
        }

        return logarithms;
    }
}
