using Flama.Sklearn.Pipelines;

namespace Flama.Sklearn.SklearnPandas;

/// <summary>The estimators of <c>sklearn_pandas</c>.</summary>
internal static class SklearnPandasModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("DataFrameMapper", state => new DataFrameMapper(state), "sklearn_pandas.dataframe_mapper"),
        new("TransformerPipeline", state => new Pipeline(state), "sklearn_pandas.pipeline"),
    ];
}
