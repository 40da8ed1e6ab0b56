using Flama.Compression.Streaming;

namespace Flama.Compression.Tests;

public sealed class MatchCopyTests
{
    [Fact]
    public void Copy_EveryDistanceAndLength_EqualsTheCopyByteByByte()
    {
        var start = Samples.Random(12, 200);

        for (var distance = 1; distance <= 70; distance++)
        {
            for (var length = 1; length <= 300; length += 1 + (length / 20))
            {
                var fast = new byte[start.Length + length + HistoryWindow.Slop];
                start.CopyTo(fast, 0);
                var slow = fast.ToArray();

                MatchCopy.Copy(fast, start.Length, distance, length);

                for (var i = start.Length; i < start.Length + length; i++)
                {
                    slow[i] = slow[i - distance];
                }

                Assert.True(
                    slow.AsSpan(0, start.Length + length).SequenceEqual(fast.AsSpan(0, start.Length + length)),
                    $"{length} bytes from {distance} back");
            }
        }
    }

    [Fact]
    public void CopyLiterals_EveryLength_CopiesThem()
    {
        var source = Samples.Random(13, 400);

        for (var length = 0; length <= 300; length++)
        {
            var target = new byte[10 + length + HistoryWindow.Slop];

            MatchCopy.CopyLiterals(source, 5, target, 10, length);

            Assert.True(source.AsSpan(5, length).SequenceEqual(target.AsSpan(10, length)));
            Assert.False(target.AsSpan(0, 10).ContainsAnyExcept((byte)0));
        }
    }
}
