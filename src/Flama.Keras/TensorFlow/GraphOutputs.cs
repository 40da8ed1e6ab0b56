namespace Flama.Keras.TensorFlow;

/// <summary>Where outputs with a name stand among all of an operation's.</summary>
internal static class GraphOutputs
{
    /// <summary>The number of the first output of a name.</summary>
    public static int StartOf(string op, string name) => (op, name) switch
    {
        ("FusedBatchNormV3" or "FusedBatchNorm", "batch_mean") => 1,
        ("FusedBatchNormV3" or "FusedBatchNorm", "batch_variance") => 2,
        ("TopKV2", "indices") => 1,
        ("Unique", "idx") => 1,
        _ => 0,
    };
}
