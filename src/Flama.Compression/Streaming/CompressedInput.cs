using System.Buffers.Binary;

namespace Flama.Compression.Streaming;

/// <summary>Pulls compressed bytes through one small buffer, counts them, and words the errors of a decoder.</summary>
internal sealed class CompressedInput(Stream stream, string codec)
{
    private readonly byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;
    private long taken;

    /// <summary>How many bytes the decoder has used.</summary>
    public long Consumed => taken - (limit - position);

    /// <summary>Whether no byte is left; reads ahead to know.</summary>
    public bool AtEnd => Peek(1).IsEmpty;

    /// <summary>What is buffered without using it: at least <paramref name="count"/> bytes unless the input ends before.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (limit - position < count && Refill())
        {
        }

        return buffer.AsSpan(position, limit - position);
    }

    /// <summary>What is buffered without using it: at least <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> PeekExactly(int count)
    {
        var bytes = Peek(count);
        if (bytes.Length < count)
        {
            Advance(bytes.Length);
            throw Truncated();
        }

        return bytes;
    }

    /// <summary>Uses bytes that <see cref="Peek"/> showed.</summary>
    public void Advance(int count) => position += count;

    public byte ReadByte()
    {
        if (position == limit && !Refill())
        {
            throw Truncated();
        }

        return buffer[position++];
    }

    public ushort ReadUInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public uint ReadUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong ReadUInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public void ReadExactly(Span<byte> destination)
    {
        var buffered = Math.Min(destination.Length, limit - position);
        buffer.AsSpan(position, buffered).CopyTo(destination);
        position += buffered;
        destination = destination[buffered..];
        while (!destination.IsEmpty)
        {
            var read = stream.Read(destination);
            if (read == 0)
            {
                throw Truncated();
            }

            taken += read;
            destination = destination[read..];
        }
    }

    public void Skip(long count)
    {
        while (count > 0)
        {
            if (position == limit && !Refill())
            {
                throw Truncated();
            }

            var step = (int)Math.Min(count, limit - position);
            position += step;
            count -= step;
        }
    }

    public CompressionException Corrupt(string what, Exception? innerException = null) =>
        new(CompressionFailure.Corrupt, $"The {codec} data is damaged near byte {Consumed}: {what}.", innerException);

    public CompressionException Truncated() =>
        new(CompressionFailure.Truncated, $"The {codec} data ends too early, after {Consumed} bytes.");

    public CompressionException Unsupported(string what) =>
        new(CompressionFailure.Unsupported, $"The {codec} data near byte {Consumed} cannot be read: {what}.");

    public CompressionException TooLarge(string what) =>
        new(CompressionFailure.LimitExceeded, $"The {codec} data near byte {Consumed} is beyond a limit: {what}.");

    private bool Refill()
    {
        if (position > 0)
        {
            buffer.AsSpan(position, limit - position).CopyTo(buffer);
            limit -= position;
            position = 0;
        }

        var read = stream.Read(buffer.AsSpan(limit));
        limit += read;
        taken += read;
        return read > 0;
    }
}
