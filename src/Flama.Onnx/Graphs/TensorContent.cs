namespace Flama.Onnx.Graphs;

/// <summary>The elements of a tensor in one of the forms that files have.</summary>
internal abstract class TensorContent
{
    /// <summary>How many elements there are; null where only the number of bytes is known.</summary>
    public abstract long? Count { get; }

    /// <summary>The elements, little-endian.</summary>
    public abstract ReadOnlyMemory<byte> ReadBytes(OnnxElementType type);
}
