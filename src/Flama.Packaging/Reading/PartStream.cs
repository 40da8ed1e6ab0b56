using Flama.Compression;

namespace Flama.Packaging.Reading;

/// <summary>One part of a package on its way out: counted, and its errors told as <see cref="FlamaException"/>.</summary>
internal sealed class PartStream(PackageFile file, string part, Stream inner, long maxBytes) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (CompressionException exception)
        {
            throw file.Unreadable(part, exception);
        }

        position += read;
        return position <= maxBytes
            ? read
            : throw new FlamaException(
                ErrorCodes.LimitExceeded,
                $"The {part} of '{file.Name}' is larger than {maxBytes} bytes.",
                $"Raise the limit in {nameof(PackageLimits)} if you trust the file.");
    }

    /// <summary>Passes over bytes.</summary>
    /// <returns>How many there were; fewer than asked only at the end.</returns>
    public long Skip(long count)
    {
        Span<byte> scratch = stackalloc byte[4096];
        var left = count;
        while (left > 0)
        {
            var read = Read(scratch[..(int)Math.Min(scratch.Length, left)]);
            if (read == 0)
            {
                break;
            }

            left -= read;
        }

        return count - left;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
