using System.Text;
using System.Text.RegularExpressions;

namespace Flama.ConformanceTests.Mutations;

/// <summary>Changes of texts, JSON and code: numbers, words and lines.</summary>
internal static partial class Words
{
    private static readonly string[] Values =
        ["0", "1", "-1", "2147483648", "9223372036854775807", "1e308", "\"\"", "null", "true", "[]", "{}", "None", "(1, 2)", "x", "self", "float", "[[[[[[[[[[]]]]]]]]]]", "1000000000", "\"a\"", "NaN"];

    /// <summary>Whether bytes are text.</summary>
    public static bool IsText(byte[] content) => content.Length > 0 && !content.AsSpan().ContainsAnyInRange((byte)0, (byte)8) && content.AsSpan().IndexOf((byte)0x80) < 0;

    /// <summary>Changes a word or a line.</summary>
    public static byte[] Change(byte[] content, Random random)
    {
        var text = Encoding.UTF8.GetString(content);
        var words = Word().Matches(text);
        if (words.Count == 0)
        {
            return content;
        }

        var word = words[random.Next(words.Count)];
        var second = words[random.Next(words.Count)];
        var lines = text.Split('\n');
        var line = random.Next(lines.Length);
        return Encoding.UTF8.GetBytes(random.Next(6) switch
        {
            0 => Replace(word, Values[random.Next(Values.Length)]),
            1 => Replace(word, second.Value),
            2 => Replace(word, ""),
            3 => string.Join('\n', lines.Where((_, i) => i != line)),
            4 => string.Join('\n', lines.SelectMany((one, i) => i == line ? Enumerable.Repeat(one, random.Next(2, 4)) : [one])),
            _ => text.Insert(word.Index, text.Substring(second.Index, Math.Min(random.Next(1, 40), text.Length - second.Index))),
        });

        string Replace(Match match, string value) => string.Concat(text.AsSpan(0, match.Index), value, text.AsSpan(match.Index + match.Length));
    }

    [GeneratedRegex("\"[^\"\n]*\"|[A-Za-z_][A-Za-z_0-9]*|-?[0-9][0-9.e+-]*|[\\[\\]{}(),:=]", RegexOptions.None, 10_000)]
    private static partial Regex Word();
}
