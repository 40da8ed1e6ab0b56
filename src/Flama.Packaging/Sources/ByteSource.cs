namespace Flama.Packaging.Sources;

/// <summary>Bytes that are read at positions: a file, a seekable stream or memory. Thread-safe.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Reads until the buffer is full or the bytes end.</summary>
    /// <returns>How many bytes were read; fewer than asked only at the end.</returns>
    public int Read(long offset, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = ReadSome(offset + total, buffer[total..]);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    /// <summary>Opens a stream over a part; the caller has checked that the part lies inside.</summary>
    public SectionStream OpenRead(long offset, long length) => new(this, offset, length);

    public abstract void Dispose();

    /// <summary>Reads at least one byte, or zero at the end.</summary>
    protected abstract int ReadSome(long offset, Span<byte> buffer);
}
