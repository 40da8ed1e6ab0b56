using System.Buffers;
using System.Text.Encodings.Web;

namespace Flama.Json;

/// <summary>
/// Escapes what JSON demands and nothing else: quotation marks, backslashes and control characters. The framework's relaxed encoder also escapes what is
/// beyond 16 bits, such as emoji.
/// </summary>
internal sealed unsafe class RawJsonEncoder : JavaScriptEncoder
{
    private const string Digits = "0123456789abcdef";

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        ReadOnlySpan<char> characters = new(text, textLength);
        var end = IndexOfEscaped(characters);
        var plain = end < 0 ? characters : characters[..end];
        var at = 0;
        while (plain[at..].IndexOfAnyInRange('\ud800', '\udfff') is >= 0 and var offset)
        {
            at += offset;
            if (!char.IsHighSurrogate(plain[at]) || at + 1 == characters.Length || !char.IsLowSurrogate(characters[at + 1]))
            {
                return at;
            }

            at += 2;
        }

        return end;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var end = utf8Text.IndexOfAny(EscapedBytes);
        var plain = end < 0 ? utf8Text : utf8Text[..end];
        return System.Text.Unicode.Utf8.IsValid(plain) ? end : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        Span<char> target = new(buffer, bufferLength);
        var shortForm = unicodeScalar switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => '\0',
        };
        if (shortForm != '\0')
        {
            return TryWrite(target, ['\\', shortForm], out numberOfCharactersWritten);
        }

        return unicodeScalar < ' '
            ? TryWrite(target, ['\\', 'u', '0', '0', Digits[unicodeScalar >> 4], Digits[unicodeScalar & 15]], out numberOfCharactersWritten)
            : TryWrite(target, char.ConvertFromUtf32(unicodeScalar), out numberOfCharactersWritten);
    }

    // Names and labels are short, and a loop is compiled ahead where a vectorised search is not.
    private static int IndexOfEscaped(ReadOnlySpan<char> characters)
    {
        for (var i = 0; i < characters.Length; i++)
        {
            if (characters[i] is < ' ' or '"' or '\\')
            {
                return i;
            }
        }

        return -1;
    }

    private static bool TryWrite(Span<char> target, ReadOnlySpan<char> text, out int written)
    {
        var fits = text.TryCopyTo(target);
        written = fits ? text.Length : 0;
        return fits;
    }
}
