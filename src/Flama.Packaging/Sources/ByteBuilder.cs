namespace Flama.Packaging.Sources;

/// <summary>Collects bytes whose number is not known before, in growing pieces, and joins them once.</summary>
/// <remarks>Takes memory as bytes arrive, never because a file announces them. Whoever feeds it bounds it.</remarks>
internal sealed class ByteBuilder
{
    private const int FirstPiece = 4 * 1024;
    private const int LargestPiece = 4 * 1024 * 1024;

    private readonly List<byte[]> full = [];
    private byte[] current = [];
    private int used;

    /// <summary>The number of bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Reads a stream to its end.</summary>
    public static byte[] ReadToEnd(Stream stream)
    {
        var builder = new ByteBuilder();
        int read;
        while ((read = stream.Read(builder.GetSpan())) > 0)
        {
            builder.Advance(read);
        }

        return builder.ToArray();
    }

    /// <summary>Room for at least one byte; <see cref="Advance"/> says how much was filled.</summary>
    public Span<byte> GetSpan()
    {
        if (used == current.Length)
        {
            if (used > 0)
            {
                full.Add(current);
            }

            current = GC.AllocateUninitializedArray<byte>(Math.Clamp(used * 2, FirstPiece, LargestPiece));
            used = 0;
        }

        return current.AsSpan(used);
    }

    /// <summary>Counts bytes that were written into <see cref="GetSpan"/>.</summary>
    public void Advance(int count)
    {
        used += count;
        Length += count;
    }

    /// <summary>Copies bytes in.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = GetSpan();
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            Advance(count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Writes all bytes to a stream, and lets go of them.</summary>
    public void CopyTo(Stream stream)
    {
        foreach (var piece in full)
        {
            stream.Write(piece);
        }

        stream.Write(current.AsSpan(0, used));
        full.Clear();
        current = [];
        used = 0;
        Length = 0;
    }

    /// <summary>All bytes in one array.</summary>
    public byte[] ToArray()
    {
        if (full.Count == 0 && used == current.Length)
        {
            return current;
        }

        var all = GC.AllocateUninitializedArray<byte>(checked((int)Length));
        var at = 0;
        foreach (var piece in full)
        {
            piece.CopyTo(all, at);
            at += piece.Length;
        }

        current.AsSpan(0, used).CopyTo(all.AsSpan(at));
        return all;
    }
}
