namespace Flama.Keras.TensorFlow;

/// <summary>What a SavedModel takes and gives under a name. Immutable.</summary>
/// <param name="Inputs">What it takes, by name.</param>
/// <param name="Outputs">What it gives, by name.</param>
/// <param name="Method">How TensorFlow Serving calls it: <c>tensorflow/serving/predict</c>, <c>…/classify</c>, <c>…/regress</c>.</param>
internal sealed record GraphSignature(IReadOnlyList<TensorInfo> Inputs, IReadOnlyList<TensorInfo> Outputs, string Method)
{
    /// <summary>Whether another one takes and gives the same tensors under the same names.</summary>
    public bool IsSameAs(GraphSignature other) => AreSame(Inputs, other.Inputs) && AreSame(Outputs, other.Outputs);

    private static bool AreSame(IReadOnlyList<TensorInfo> left, IReadOnlyList<TensorInfo> right) =>
        left.Select(info => (info.Key, info.Tensor)).SequenceEqual(right.Select(info => (info.Key, info.Tensor)));
}
