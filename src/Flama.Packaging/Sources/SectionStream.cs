namespace Flama.Packaging.Sources;

/// <summary>A read-only, buffered, seekable stream over a part of a <see cref="ByteSource"/>. Not thread-safe; the source is.</summary>
/// <remarks>Never reads beyond the part, not even into its buffer.</remarks>
internal sealed class SectionStream(ByteSource source, long offset, long length) : Stream
{
    private const int BufferSize = 16 * 1024;

    private byte[] buffer = [];
    private long bufferStart;
    private int bufferLength;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 1 ? one[0] : -1;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var remaining = length - position;
        if (remaining <= 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var wanted = buffer[..(int)Math.Min(buffer.Length, remaining)];
        var read = FromBuffer(wanted);
        if (read == 0)
        {
            read = wanted.Length >= BufferSize ? source.Read(offset + position, wanted) : FillAndRead(wanted, remaining);
        }

        position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int FillAndRead(Span<byte> wanted, long remaining)
    {
        if (buffer.Length == 0)
        {
            buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(BufferSize, length));
        }

        bufferStart = position;
        bufferLength = source.Read(offset + position, buffer.AsSpan(0, (int)Math.Min(buffer.Length, remaining)));
        return FromBuffer(wanted);
    }

    private int FromBuffer(Span<byte> wanted)
    {
        var at = position - bufferStart;
        if (at < 0 || at >= bufferLength)
        {
            return 0;
        }

        var part = buffer.AsSpan((int)at, bufferLength - (int)at);
        part = part[..Math.Min(part.Length, wanted.Length)];
        part.CopyTo(wanted);
        return part.Length;
    }
}
