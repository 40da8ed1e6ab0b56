using System.Buffers.Binary;
using System.Text;

namespace Flama.Json;

/// <summary>Turns the bytes of a JSON text in any of its encodings into valid UTF-8 without a byte order mark.</summary>
internal static class JsonText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Finds the encoding as Python's JSON reader does: by byte order mark, else by where the zero bytes of the first characters are.
    /// UTF-8 comes back as a slice, the others as a new text at most twice as long.
    /// </summary>
    /// <exception cref="FlamaException">The bytes are not valid in that encoding (<see cref="ErrorCodes.MalformedJson"/>).</exception>
    public static ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> bytes, InputSubject subject)
    {
        if (bytes.Length >= 2 && (bytes[0] is 0 or >= 0xFE || bytes[1] == 0) && OtherEncoding(bytes) is { } encoding)
        {
            return Transcode(bytes, encoding, subject);
        }

        var utf8 = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return System.Text.Unicode.Utf8.IsValid(utf8) ? utf8 : throw JsonFault.InvalidUtf8(utf8, FirstInvalid(utf8), subject);
    }

    private static Encoding? OtherEncoding(ReadOnlySpan<byte> bytes)
    {
        var start = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (bytes.Length >= 4)
        {
            switch (BinaryPrimitives.ReadUInt32BigEndian(bytes))
            {
                case 0x0000FEFF:
                    return Utf32(bigEndian: true);
                case 0xFFFE0000:
                    return Utf32(bigEndian: false);
            }
        }

        if (start is 0xFEFF or 0xFFFE)
        {
            return Utf16(bigEndian: start == 0xFEFF);
        }

        if (bytes.Length >= 4)
        {
            return (bytes[0], bytes[1]) switch
            {
                (0, 0) => Utf32(bigEndian: true),
                (0, _) => Utf16(bigEndian: true),
                (_, 0) => bytes[2] == 0 && bytes[3] == 0 ? Utf32(bigEndian: false) : Utf16(bigEndian: false),
                _ => null,
            };
        }

        return bytes.Length != 2 ? null : bytes[0] == 0 ? Utf16(bigEndian: true) : bytes[1] == 0 ? Utf16(bigEndian: false) : null;
    }

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: true, throwOnInvalidBytes: true);

    private static UTF32Encoding Utf32(bool bigEndian) => new(bigEndian, byteOrderMark: true, throwOnInvalidCharacters: true);

    private static byte[] Transcode(ReadOnlySpan<byte> bytes, Encoding encoding, InputSubject subject)
    {
        var mark = bytes.StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0;
        try
        {
            return Utf8.GetBytes(encoding.GetString(bytes[mark..]));
        }
        catch (ArgumentException)
        {
            throw new FlamaException(
                ErrorCodes.MalformedJson,
                $"The {subject} starts like {encoding.WebName.ToUpperInvariant()} and is not valid in it.",
                "Send UTF-8.");
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
