using System.Buffers;
using System.Globalization;
using System.Text;

namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Python's <c>str.lower()</c>: Unicode's full mapping, by code point.</summary>
/// <remarks>
/// It differs from .NET's in two ways: İ becomes i and a combining dot, and Σ at the end of a word becomes ς. The end of a word: a cased character before,
/// none after, whatever is case-ignorable between.
/// </remarks>
internal static class PythonLower
{
    private const char CapitalSigma = 'Σ';
    private const char FinalSigma = 'ς';
    private const char SmallSigma = 'σ';
    private const char CapitalDottedI = 'İ';
    private const char CombiningDot = '\u0307';

    // Punctuation within words (Word_Break MidLetter, MidNumLet, Single_Quote), which the categories below leave out.
    private static readonly SearchValues<char> InnerPunctuation =
        SearchValues.Create("'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A");

    /// <summary>Adds the lower-case text to a buffer.</summary>
    public static void Append(ReadOnlySpan<char> text, TextBuffer buffer)
    {
        var target = buffer.Extend(text.Length);
        var status = Ascii.ToLower(text, target, out var done);
        if (status == OperationStatus.Done)
        {
            return;
        }

        buffer.Shorten(text.Length - done);
        for (var i = done; i < text.Length;)
        {
            var codePoint = PythonCharacter.At(text, i, out var length);
            switch (codePoint)
            {
                case < 0x80:
                    buffer.Add(codePoint is >= 'A' and <= 'Z' ? (char)(codePoint | 0x20) : (char)codePoint);
                    break;
                case CapitalSigma:
                    buffer.Add(EndsWord(text, i) ? FinalSigma : SmallSigma);
                    break;
                case CapitalDottedI:
                    buffer.Add('i');
                    buffer.Add(CombiningDot);
                    break;
                case <= char.MaxValue:
                    buffer.Add(char.ToLowerInvariant((char)codePoint));
                    break;
                default:
                    Rune.ToLowerInvariant(new Rune(codePoint)).EncodeToUtf16(buffer.Extend(2));
                    break;
            }

            i += length;
        }
    }

    private static bool EndsWord(ReadOnlySpan<char> text, int position)
    {
        var before = position;
        var isCased = false;
        while (before > 0)
        {
            before = PythonCharacter.Before(text, before);
            var codePoint = PythonCharacter.At(text, before, out _);
            if (!IsIgnorable(codePoint))
            {
                isCased = IsCased(codePoint);
                break;
            }
        }

        if (!isCased)
        {
            return false;
        }

        for (var after = position + 1; after < text.Length;)
        {
            var codePoint = PythonCharacter.At(text, after, out var length);
            if (!IsIgnorable(codePoint))
            {
                return !IsCased(codePoint);
            }

            after += length;
        }

        return true;
    }

    private static bool IsIgnorable(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || (codePoint <= char.MaxValue && InnerPunctuation.Contains((char)codePoint));

    // Letters with case, and what Unicode counts to them besides: ordinals, Roman numerals, letters in circles and squares.
    private static bool IsCased(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || codePoint is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
