namespace Flama.Onnx.Graphs;

/// <summary>Bytes, little-endian.</summary>
internal sealed class RawContent(ReadOnlyMemory<byte> bytes) : TensorContent
{
    public override long? Count => null;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public override ReadOnlyMemory<byte> ReadBytes(OnnxElementType type) => bytes;
}
