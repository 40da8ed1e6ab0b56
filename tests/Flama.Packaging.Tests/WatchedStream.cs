namespace Flama.Packaging.Tests;

/// <summary>Bytes as a stream that remembers which of them were read.</summary>
internal sealed class WatchedStream(byte[] bytes, bool canSeek) : Stream
{
    private readonly bool[] seen = new bool[bytes.Length];
    private int position;

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => canSeek;

    public override bool CanWrite => false;

    public override long Length => canSeek ? bytes.Length : throw new NotSupportedException();

    public override long Position
    {
        get => canSeek ? position : throw new NotSupportedException();
        set => position = canSeek ? (int)value : throw new NotSupportedException();
    }

    public bool WasRead(int start, int end) => seen.AsSpan(start, end - start).Contains(true);

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = Math.Min(count, bytes.Length - position);
        bytes.AsSpan(position, read).CopyTo(buffer.AsSpan(offset));
        seen.AsSpan(position, read).Fill(true);
        position += read;
        BytesRead += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
