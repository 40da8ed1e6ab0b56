namespace Flama.Sklearn.Pipelines;

/// <summary>The estimators of <c>sklearn.pipeline</c>, and the pipeline of sklearn2pmml, which is one that keeps the names of its fields besides.</summary>
internal static class PipelinesModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("FeatureUnion", state => new FeatureUnion(state), "sklearn.pipeline"),
        new("Pipeline", state => new Pipeline(state), "sklearn.pipeline"),
        new("PMMLPipeline", state => new Pipeline(state), "sklearn2pmml.pipeline", "sklearn2pmml"),
    ];
}
