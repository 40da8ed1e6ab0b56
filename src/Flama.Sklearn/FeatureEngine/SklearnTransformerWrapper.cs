namespace Flama.Sklearn.FeatureEngine;

/// <summary>Applies a transformer of scikit-learn to some variables: in their place, or behind the other columns where it makes others of them.</summary>
/// <remarks>
/// A one-hot encoder and polynomial features add their columns behind the others, selectors only drop. Source: feature_engine.wrappers, checked against 1.9.4.
/// </remarks>
internal sealed class SklearnTransformerWrapper : FeatureTransformer
{
    public SklearnTransformerWrapper(EstimatorState state)
        : base(state)
    {
        var variables = Labels.FindAll(state, "variables_");
        if (state.Has("features_to_drop_"))
        {
            Outputs = [.. AllBut(Labels.FindAll(state, "features_to_drop_").ToHashSet())];
            return;
        }

        if (variables.Length == 0)
        {
            Outputs = [.. InPlace(_ => null)];
            return;
        }

        var transformer = state.Estimator("transformer_");
        if (!transformer.Has(Method.Transform))
        {
            throw state.Fail($"its transformer ({transformer.Name}) cannot transform");
        }

        using var sample = FeatureBatch.RentUninitialized(0, variables.Length);
        var width = transformer.Shape(Method.Transform, sample).Width;
        var inPlace = transformer.Name is not ("OneHotEncoder" or "PolynomialFeatures");
        if (inPlace && width != variables.Length)
        {
            throw state.Fail($"its transformer ({transformer.Name}) makes {width} columns of {variables.Length}");
        }

        var columns = new TransformedColumns(variables, transformer, width);
        Outputs = inPlace
            ? [.. InPlace(i => Array.IndexOf(variables, i) is >= 0 and var at ? new TransformedColumn(columns, at, Labels.NameOf(i)) : null)]
            : [.. AllBut(variables), columns];
    }
}
