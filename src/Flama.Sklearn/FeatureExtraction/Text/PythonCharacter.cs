using System.Globalization;

namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>What Python's <c>str</c> and <c>re</c> say about a code point: part of a word, white space, decimal digit.</summary>
/// <remarks>
/// A word consists of letters, numbers of any kind and underscores, not of marks or other connectors as in .NET. White space is .NET's and the four separators from
/// U+001C on.
/// </remarks>
internal static class PythonCharacter
{
    private const byte Word = 1;
    private const byte Space = 2;
    private const byte Digit = 4;

    // One byte a code point of the basic plane: looking up beats asking for the category, and the common ones share a few cache lines.
    private static readonly byte[] Basic = MakeTable();

    /// <summary>Whether it is part of a word (<c>\w</c>); half a surrogate pair is not.</summary>
    public static bool IsWord(char unit) => (Basic[unit] & Word) != 0;

    /// <summary>Whether it is part of a word (<c>\w</c>).</summary>
    public static bool IsWord(int codePoint) => (FlagsOf(codePoint) & Word) != 0;

    /// <summary>Whether it is white space (<c>\s</c>).</summary>
    public static bool IsSpace(int codePoint) => (FlagsOf(codePoint) & Space) != 0;

    /// <summary>Whether it is a decimal digit of any script (<c>\d</c>).</summary>
    public static bool IsDigit(int codePoint) => (FlagsOf(codePoint) & Digit) != 0;

    /// <summary>The code point at a position; half a surrogate pair stands for itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">A position in it.</param>
    /// <param name="length">1, or 2 for a surrogate pair.</param>
    public static int At(ReadOnlySpan<char> text, int position, out int length)
    {
        var unit = text[position];
        if (char.IsHighSurrogate(unit) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(unit, text[position + 1]);
        }

        length = 1;
        return unit;
    }

    /// <summary>Where the code point before a position begins.</summary>
    public static int Before(ReadOnlySpan<char> text, int position) =>
        position >= 2 && char.IsLowSurrogate(text[position - 1]) && char.IsHighSurrogate(text[position - 2]) ? position - 2 : position - 1;

    private static byte FlagsOf(int codePoint) => codePoint < Basic.Length ? Basic[codePoint] : FlagsOf(CharUnicodeInfo.GetUnicodeCategory(codePoint));

    private static byte[] MakeTable()
    {
        var table = new byte[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = FlagsOf(CharUnicodeInfo.GetUnicodeCategory((char)i));
            if (char.IsWhiteSpace((char)i) || i is >= 0x1C and <= 0x1F)
            {
                table[i] |= Space;
            }
        }

        table['_'] |= Word;
        return table;
    }

    private static byte FlagsOf(UnicodeCategory category) => category switch
    {
        UnicodeCategory.DecimalDigitNumber => Word | Digit,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Word,
        _ => 0,
    };
}
