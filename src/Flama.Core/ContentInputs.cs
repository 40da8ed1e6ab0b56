namespace Flama;

/// <summary>Makes the input of a method that takes images or texts as they are (<see cref="TensorSpec.Content"/>).</summary>
/// <remarks>One alone is answered alone, a list of them with a list. The caller disposes what is made. Thread-safe.</remarks>
public static class ContentInputs
{
    /// <summary>The content that a method takes as its only input; <see cref="InputContent.Elements"/> where it takes tensors or rows.</summary>
    /// <param name="input">What the method takes.</param>
    public static InputContent Of(InputSpec input) => input is TensorsSpec { Tensors: [var only] } ? only.Content : InputContent.Elements;

    /// <summary>One image.</summary>
    /// <param name="method">The method.</param>
    /// <param name="encoded">The bytes of a PNG or JPEG file.</param>
    /// <exception cref="ArgumentException">The method does not take images.</exception>
    public static TensorInputs Image(ModelMethod method, ReadOnlySpan<byte> encoded) => Make(method, InputContent.Image, ModelTensor.SingleText(Convert.ToBase64String(encoded)));

    /// <summary>Images in order.</summary>
    /// <param name="method">The method.</param>
    /// <param name="encoded">The bytes of PNG or JPEG files.</param>
    /// <exception cref="ArgumentException">The method does not take images.</exception>
    public static TensorInputs Images(ModelMethod method, params IReadOnlyCollection<ReadOnlyMemory<byte>> encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        return Make(method, InputContent.Image, ModelTensor.OfTexts([.. encoded.Select(image => Convert.ToBase64String(image.Span))]));
    }

    /// <summary>One text.</summary>
    /// <param name="method">The method.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The method does not take texts.</exception>
    public static TensorInputs Text(ModelMethod method, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Make(method, InputContent.Text, ModelTensor.SingleText(text));
    }

    /// <summary>Texts in order.</summary>
    /// <param name="method">The method.</param>
    /// <param name="texts">The texts.</param>
    /// <exception cref="ArgumentException">The method does not take texts.</exception>
    public static TensorInputs Texts(ModelMethod method, params IReadOnlyCollection<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Make(method, InputContent.Text, ModelTensor.OfTexts([.. texts]));
    }

    private static TensorInputs Make(ModelMethod method, InputContent content, ModelTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Of(method.Input) == content
            ? new(KeyValuePair.Create(((TensorsSpec)method.Input).Tensors[0].Name, tensor))
            : throw new ArgumentException($"'{method.Name}' does not take {(content == InputContent.Image ? "images" : "texts")}.", nameof(method));
    }
}
