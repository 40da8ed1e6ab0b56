using System.Numerics;
using Flama.Compression.Streaming;

namespace Flama.Compression.Tests;

public sealed class HistoryWindowTests
{
    [Theory]
    [InlineData(1_000, 700)]
    [InlineData(100_000, 9_000)]
    [InlineData(100_000, 130_000)]
    [InlineData(4_000_000, 100_000)]
    public void Reserve_MuchMoreThanTheWindow_KeepsTheWindowAndBoundsTheBuffer(int size, int piece)
    {
        using var window = new HistoryWindow();
        window.Begin(size);
        var drained = new byte[piece];
        var total = 0;

        while (total < 3_000_000)
        {
            window.Reserve(piece);
            for (var i = 0; i < piece; i++)
            {
                window.Buffer[window.Position++] = ValueAt(total + i);
            }

            total += piece;
            Assert.Equal(piece, window.Drain(drained));
            Assert.Equal(ValueAt(total - piece), drained[0]);
        }

        var kept = Math.Min(size, total);
        Assert.InRange(window.Position - window.Origin, kept, int.MaxValue);
        Assert.Equal(ValueAt(total - 1), window.Buffer[window.Position - 1]);
        Assert.Equal(ValueAt(total - kept), window.Buffer[window.Position - kept]);
        var bound = (2 * kept) + Math.Max(piece, 256 * 1024) + HistoryWindow.Slop;
        Assert.InRange(window.Position, 0, bound);
        Assert.InRange(window.Buffer.Length, 0, (int)BitOperations.RoundUpToPowerOf2((uint)bound));
    }

    [Fact]
    public void Begin_HugeWindow_AllocatesNothing()
    {
        using var window = new HistoryWindow();

        window.Begin(uint.MaxValue);

        Assert.Empty(window.Buffer);
    }

    [Fact]
    public void Forget_AfterBytes_LeavesNoHistory()
    {
        using var window = new HistoryWindow();
        window.Begin(100);
        window.Reserve(50);
        window.Position += 50;

        window.Forget();

        Assert.Equal(window.Origin, window.Position);
        Assert.Equal(50, window.Unread);
    }

    [Fact]
    public void Dispose_Twice_GivesTheArrayBackOnce()
    {
        var window = new HistoryWindow();
        window.Begin(100);
        window.Reserve(50);

        window.Dispose();
        window.Dispose();

        Assert.Empty(window.Buffer);
        Assert.Equal(0, window.Unread);
    }

    private static byte ValueAt(int index) => (byte)((index * 7) ^ (index >> 9));
}
