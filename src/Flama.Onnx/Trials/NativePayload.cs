using System.Runtime.InteropServices;

namespace Flama.Onnx.Trials;

/// <summary>Bytes outside the managed heap, which may be more than an array holds; kept as long as the process, which tries one graph.</summary>
internal sealed unsafe class NativePayload : ModelPayload
{
    private readonly byte* bytes;

    private NativePayload(long length)
    {
        Length = length;
        bytes = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, length));
    }

    public override long Length { get; }

    /// <summary>Reads a length and so many bytes.</summary>
    public static NativePayload Read(BinaryReader reader)
    {
        NativePayload payload = new(reader.ReadInt64());
        for (var position = 0L; position < payload.Length;)
        {
            Span<byte> rest = new(payload.bytes + position, (int)Math.Min(payload.Length - position, 1 << 20));
            reader.BaseStream.ReadExactly(rest);
            position += rest.Length;
        }

        return payload;
    }

    public override Stream OpenRead() => new UnmanagedMemoryStream(bytes, Length);
}
