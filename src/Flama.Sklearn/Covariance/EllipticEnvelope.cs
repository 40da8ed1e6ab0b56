using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Covariance;

/// <summary>A robust ellipse around the training rows: the score is minus the squared Mahalanobis distance (x − location)ᵀ P (x − location).</summary>
/// <remarks>Missing values are refused. Source: sklearn.covariance._elliptic_envelope, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class EllipticEnvelope : OutlierDetector
{
    private readonly double[] location;
    private readonly Matrix precision;

    public EllipticEnvelope(EstimatorState state)
        : base(state)
    {
        location = FeatureCount is { } features ? state.Vector("location_", features) : state.Vector("location_");
        FeatureCount ??= location.Length;
        precision = state.Value("precision_") is not null
            ? state.Matrix("precision_", location.Length, location.Length)
            : SquareMatrix.Invert(state.Matrix("covariance_", location.Length, location.Length))
                ?? throw state.Unsupported("store_precision=False with a singular covariance");
    }

    protected override void Score(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(location.Length);
        for (var row = 0; row < output.Rows; row++)
        {
            System.Numerics.Tensors.TensorPrimitives.Subtract(input.Row(row), location, scratch.Span);
            var sum = 0.0;
            for (var i = 0; i < location.Length; i++)
            {
                sum += scratch.Span[i] * DotProduct.Of(precision.Row(i), scratch.Span);
            }

            output[row, 0] = -sum;
        }
    }
}
