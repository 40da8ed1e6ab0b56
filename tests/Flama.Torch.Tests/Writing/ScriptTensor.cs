namespace Flama.Torch.Tests.Writing;

/// <summary>A tensor of float32 over a storage of its own.</summary>
/// <param name="Bytes">The storage.</param>
/// <param name="Shape">The lengths.</param>
/// <param name="Strides">The strides in elements; null for row-major ones.</param>
internal sealed record ScriptTensor(byte[] Bytes, long[] Shape, long[]? Strides = null)
{
    public static ScriptTensor Of(float[] elements, params long[] shape)
    {
        var bytes = new byte[elements.Length * sizeof(float)];
        Buffer.BlockCopy(elements, 0, bytes, 0, bytes.Length);
        return new(bytes, shape);
    }
}
