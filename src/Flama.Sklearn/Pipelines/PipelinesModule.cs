namespace Flama.Sklearn.Pipelines;

/// <summary>The estimators of <c>sklearn.pipeline</c>.</summary>
internal static class PipelinesModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("FeatureUnion", state => new FeatureUnion(state), "sklearn.pipeline"),
        new("Pipeline", state => new Pipeline(state), "sklearn.pipeline"),
    ];
}
