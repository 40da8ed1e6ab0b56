using System.Text;

namespace Flama.Pickle.Machine;

/// <summary>The ways in which pickles write text.</summary>
internal static class TextDecoding
{
    /// <summary>Decodes UTF-8 in which lone surrogates may be encoded as code points are (Python's surrogatepass).</summary>
    /// <returns>Null when the bytes are no such text.</returns>
    public static string? Utf8(ReadOnlySpan<byte> bytes)
    {
        // Nearly all strings of a model are ASCII, and Latin-1 widens bytes without counting characters first.
        if (Ascii.IsValid(bytes))
        {
            return Encoding.Latin1.GetString(bytes);
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Utf8WithSurrogates(bytes);
    }

    /// <summary>Decodes Python's raw-unicode-escape: Latin-1 with <c>\uXXXX</c> and <c>\UXXXXXXXX</c>.</summary>
    /// <returns>Null when an escape is incomplete or out of range.</returns>
    public static string? RawUnicodeEscape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\\' || i + 1 == bytes.Length)
            {
                text.Append((char)bytes[i]);
                continue;
            }

            i++;
            var digits = bytes[i] == 'u' ? 4 : bytes[i] == 'U' ? 8 : 0;
            if (digits == 0)
            {
                text.Append('\\').Append((char)bytes[i]);
                continue;
            }

            if (!TryHex(bytes, i + 1, digits, out var codePoint))
            {
                return null;
            }

            Append(text, codePoint);
            i += digits;
        }

        return text.ToString();
    }

    /// <summary>Decodes a Python 2 string literal between quotes, as Latin-1.</summary>
    /// <returns>Null when quotes or escapes are wrong.</returns>
    public static string? Quoted(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[0] != bytes[^1] || bytes[0] is not ((byte)'\'' or (byte)'"'))
        {
            return null;
        }

        bytes = bytes[1..^1];
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\\')
            {
                text.Append((char)bytes[i]);
                continue;
            }

            if (++i == bytes.Length || !AppendEscape(text, bytes, ref i))
            {
                return null;
            }
        }

        return text.ToString();
    }

    private static bool AppendEscape(StringBuilder text, ReadOnlySpan<byte> bytes, ref int position)
    {
        var letter = bytes[position];
        var simple = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v".AsSpan();
        for (var i = 0; i < simple.Length; i += 2)
        {
            if (simple[i] == letter)
            {
                text.Append(simple[i + 1]);
                return true;
            }
        }

        if (letter == 'x')
        {
            var isHex = TryHex(bytes, position + 1, 2, out var value);
            text.Append((char)value);
            position += 2;
            return isHex;
        }

        if (letter is < (byte)'0' or > (byte)'7')
        {
            text.Append('\\').Append((char)letter);
            return true;
        }

        var octal = 0;
        var end = Math.Min(position + 3, bytes.Length);
        for (; position < end && bytes[position] is >= (byte)'0' and <= (byte)'7'; position++)
        {
            octal = (octal * 8) + (bytes[position] - '0');
        }

        position--;
        text.Append((char)(octal & 0xFF));
        return true;
    }

    private static bool TryHex(ReadOnlySpan<byte> bytes, int start, int digits, out int value)
    {
        value = 0;
        if (start + digits > bytes.Length)
        {
            return false;
        }

        foreach (var digit in bytes.Slice(start, digits))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value is >= 0 and <= 0x10FFFF;
    }

    private static void Append(StringBuilder text, int codePoint)
    {
        if (codePoint > 0xFFFF)
        {
            text.Append((char)(0xD800 + ((codePoint - 0x10000) >> 10))).Append((char)(0xDC00 + ((codePoint - 0x10000) & 0x3FF)));
        }
        else
        {
            text.Append((char)codePoint);
        }
    }

    private static string? Utf8WithSurrogates(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == System.Buffers.OperationStatus.Done)
            {
                Append(text, rune.Value);
                bytes = bytes[used..];
            }
            else if (bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
            {
                text.Append((char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                bytes = bytes[3..];
            }
            else
            {
                return null;
            }
        }

        return text.ToString();
    }
}
