using System.Buffers;
using System.Text;
using Flama.AspNetCore.Streaming;

namespace Flama.Tests;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData("ab\ncd\n", "ab|cd")]
    [InlineData("ab\n\ncd", "ab||cd")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData("abcdefgh\nij\n", "!|ij")]
    [InlineData("abcdefghijklmnop", "!")]
    [InlineData("a\nabcdefghijklmnop\nb", "a|!|b")]
    [InlineData("abcde\nabcdef\nx", "abcde|!|x")]
    public void Next_HoweverTheTextArrives_GivesTheSameLines(string text, string expected)
    {
        foreach (var size in new[] { 1, 2, 3, 5, 100 })
        {
            var lines = Split(text, size, limit: 5);

            Assert.Equal(expected, string.Join('|', lines));
        }
    }

    // As a reader of pipes does it: what was not taken comes again, with more behind it.
    private static List<string> Split(string text, int size, long limit)
    {
        LineSplitter splitter = new(limit);
        List<string> lines = [];
        var held = "";
        for (var start = 0; start <= text.Length; start += size)
        {
            held += text.Substring(start, Math.Min(size, text.Length - start));
            var rest = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(held));
            var isLast = start + size > text.Length;
            LineKind kind;
            while ((kind = splitter.Next(ref rest, isLast, out var line)) != LineKind.None)
            {
                if (kind != LineKind.Skipped)
                {
                    lines.Add(kind == LineKind.Whole ? Encoding.ASCII.GetString(line) : "!");
                }
            }

            held = Encoding.ASCII.GetString(rest);
            Assert.InRange(held.Length, 0, limit);
        }

        return lines;
    }
}
