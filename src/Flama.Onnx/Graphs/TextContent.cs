namespace Flama.Onnx.Graphs;

/// <summary>Texts, UTF-8.</summary>
internal sealed class TextContent(IReadOnlyList<ReadOnlyMemory<byte>> texts) : TensorContent
{
    public override long? Count => texts.Count;

    public IReadOnlyList<ReadOnlyMemory<byte>> Texts => texts;

    public override ReadOnlyMemory<byte> ReadBytes(OnnxElementType type) => default;
}
