namespace Flama.Keras;

/// <summary>A model of Keras or TensorFlow: <c>predict</c>, and the other signatures of a SavedModel under their own names.</summary>
/// <param name="methods">The methods, the main one first; they become the model's.</param>
internal sealed class KerasModel(IReadOnlyList<KerasMethod> methods) : Model
{
    /// <inheritdoc/>
    public override ModelMetadata Metadata => methods[0].Graph.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; } = [.. methods.Select(method => method.Method)];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var method in methods)
        {
            method.Dispose();
        }

        base.Dispose(disposing);
    }
}
