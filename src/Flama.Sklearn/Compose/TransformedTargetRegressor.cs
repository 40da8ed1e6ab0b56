using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Compose;

/// <summary>A regressor of a transformed target: its predictions, taken back by the inverse of the target's transformer.</summary>
/// <remarks>
/// Where the function was given by name the transformer is a FunctionTransformer with its inverse. One value per row stays one value where the target had one
/// dimension. What rows look like is the regressor's matter. Source: sklearn.compose._target, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class TransformedTargetRegressor : DelegatingEstimator
{
    private readonly Estimator transformer;
    private readonly OutputShape inner;
    private readonly OutputShape shape;

    public TransformedTargetRegressor(EstimatorState state)
        : base(state, state.Estimator("regressor_"), method => method == Method.Predict)
    {
        transformer = state.Estimator("transformer_");
        if (!transformer.Has(Method.InverseTransform) || !Inner.Has(Method.Predict))
        {
            throw state.Fail($"its regressor ({Inner.Name}) cannot predict or its transformer ({transformer.Name}) has no inverse");
        }

        inner = Inner.Shape(Method.Predict, null);
        using var sample = FeatureBatch.RentUninitialized(0, inner.Width);
        var width = transformer.Shape(Method.InverseTransform, sample).Width;
        shape = width == 1 && state.Integer("_training_dim", inner.IsFlat ? 1 : 2) == 1 ? OutputShape.Number : OutputShape.Numbers(width);
        if (width == 0 || inner.Parts.Count > 0 || inner.Kind is PredictionKind.Label or PredictionKind.Mixed)
        {
            throw state.Fail($"its regressor ({Inner.Name}) gives no numbers");
        }
    }

    public override OutputShape Shape(Method method, FeatureBatch? input) => shape;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        using var predictions = FeatureBatch.RentUninitialized(input.Rows, inner.Width, firstRow: input.FirstRow);
        Inner.Run(Method.Predict, input, new OutputSlice(predictions));
        transformer.Run(Method.InverseTransform, predictions, output);
        if (Inner.GivesFloat32(Method.Predict))
        {
            // Transformers keep the type of their rows.
            RowSums.Round(output);
        }
    }
}
