using System.Buffers;

namespace Flama.Compression.Streaming;

/// <summary>
/// The decoded bytes that matches may refer back to and that the reader has not taken yet, in one contiguous array of a pool.
/// </summary>
/// <remarks>
/// The array starts small and doubles as output grows, so a header that declares a huge window costs nothing until bytes fill it.
/// Once it holds the window and some slack, the last window's worth of bytes is moved to its front. A pooled array holds bytes of
/// other streams: a decoder checks that no match reaches before <see cref="Origin"/>.
/// </remarks>
internal sealed class HistoryWindow : IDisposable
{
    /// <summary>Bytes after the reserved room that a copy may overwrite, so that it can work in whole vectors.</summary>
    public const int Slop = 32;

    /// <summary>The largest window there can be, whatever the limits allow.</summary>
    public const int LargestSize = 1 << 30;

    private const int SmallestBuffer = 4 * 1024;
    private const int SmallestSlack = 256 * 1024;
    private const int LargestSlack = 16 * 1024 * 1024;

    private int firstUnread;

    /// <summary>The bytes; valid up to <see cref="Position"/>. Another array after <see cref="Reserve"/>, none after disposal.</summary>
    public byte[] Buffer { get; private set; } = [];

    /// <summary>Where the next decoded byte goes; a decoder moves it on after writing.</summary>
    public int Position { get; set; }

    /// <summary>Where history begins; no match may reach before it.</summary>
    public int Origin { get; private set; }

    /// <summary>How far back a match may reach.</summary>
    public int Size { get; private set; }

    /// <summary>How many decoded bytes wait for the reader.</summary>
    public int Unread => Position - firstUnread;

    /// <summary>How much of the array is used: the pool may give much more than was asked for.</summary>
    private int Capacity { get; set; }

    /// <summary>Starts without history.</summary>
    /// <param name="size">How far back matches may reach; the caller has checked it against its limit.</param>
    public void Begin(long size)
    {
        Size = (int)Math.Min(size, LargestSize);
        Origin = Position;
    }

    /// <summary>Drops the history and keeps the size.</summary>
    public void Forget() => Origin = Position;

    /// <summary>Makes room for bytes after <see cref="Position"/>, and <see cref="Slop"/> more.</summary>
    public void Reserve(int count)
    {
        if (Capacity - Position >= count + Slop)
        {
            return;
        }

        var kept = Math.Max(Unread, Math.Min(Position - Origin, Size));
        var needed = kept + count + Slop;
        var ceiling = Size + Math.Max(count, Math.Clamp(Size, SmallestSlack, LargestSlack)) + Slop;
        var shift = Position - kept;
        if (Capacity < needed || (kept > Capacity / 2 && Capacity < ceiling))
        {
            var doubled = (int)Math.Min(Capacity * 2L, ceiling);
            Grow(Math.Max(Math.Max(needed, doubled), SmallestBuffer), shift, kept);
        }
        else
        {
            Buffer.AsSpan(shift, kept).CopyTo(Buffer);
        }

        Position = kept;
        firstUnread -= shift;
        Origin = Math.Max(Origin - shift, 0);
    }

    /// <summary>Hands decoded bytes to the reader.</summary>
    public int Drain(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, Unread);
        Buffer.AsSpan(firstUnread, count).CopyTo(destination);
        firstUnread += count;
        return count;
    }

    /// <summary>Gives the array back to the pool.</summary>
    public void Dispose()
    {
        var rented = Buffer;
        (Buffer, Capacity, Position, Origin, firstUnread) = ([], 0, 0, 0, 0);
        Return(rented);
    }

    private static void Return(byte[] rented)
    {
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Grow(int capacity, int from, int kept)
    {
        var (old, grown) = (Buffer, ArrayPool<byte>.Shared.Rent(capacity));
        old.AsSpan(from, kept).CopyTo(grown);
        (Buffer, Capacity) = (grown, capacity);
        Return(old);
    }
}
