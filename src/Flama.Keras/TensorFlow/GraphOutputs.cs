namespace Flama.Keras.TensorFlow;

/// <summary>Where outputs with a name stand among all of an operation's.</summary>
internal static class GraphOutputs
{
    /// <summary>The number of the first output of a name.</summary>
    public static int StartOf(GraphNode node, string name) => (node.Op, name) switch
    {
        ("FusedBatchNormV3" or "FusedBatchNorm", "batch_mean") => 1,
        ("FusedBatchNormV3" or "FusedBatchNorm", "batch_variance") => 2,
        ("TopKV2", "indices") => 1,
        ("Unique", "idx") => 1,
        ("StringSplitV2", "values") => 1,
        ("StringSplitV2", "shape") => 2,
        ("StringNGrams", "ngrams_splits") => 1,
        ("SparseReshape", "output_shape") => 1,
        ("SparseFillEmptyRows", "output_values") => 1,
        ("SparseFillEmptyRows", "empty_row_indicator") => 2,
        ("SparseFillEmptyRows", "reverse_index_map") => 3,
        ("SparseCross", "output_values") => 1,
        ("SparseCross", "output_shape") => 2,
        ("ParseExampleV2", "sparse_values") => node.Types("sparse_types").Length,
        ("ParseExampleV2", "sparse_shapes") => 2 * node.Types("sparse_types").Length,
        ("ParseExampleV2", "dense_values") => 3 * node.Types("sparse_types").Length,
        _ => 0,
    };
}
