namespace Flama.Torch.Archives;

/// <summary>The mark of a quantized tensor, with which nothing is computed.</summary>
internal sealed class QuantizedTensor;
