namespace Flama.Packaging.Sources;

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryByteSource(ReadOnlyMemory<byte> bytes) : ByteSource
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public override long Length => Bytes.Length;

    public override void Dispose()
    {
    }

    protected override int ReadSome(long offset, Span<byte> buffer)
    {
        if (offset >= Bytes.Length)
        {
            return 0;
        }

        var part = Bytes.Span[(int)offset..];
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        return part.Length;
    }
}
