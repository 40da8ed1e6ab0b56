namespace Flama.Sklearn.FeatureEngine;

/// <summary>Takes out the columns that training, or the user, chose to drop: DropFeatures and the selectors.</summary>
/// <remarks>Source: feature_engine.selection, checked against 1.9.4.</remarks>
internal sealed class FeatureDropper : FeatureTransformer
{
    public FeatureDropper(EstimatorState state)
        : base(state)
    {
        Outputs = [.. AllBut(Labels.FindAll(state, "features_to_drop_").ToHashSet())];
    }
}
