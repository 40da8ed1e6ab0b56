using System.Buffers.Text;

namespace Flama.Packaging.Writing;

/// <summary>Base64 as Python's <c>codecs.encode(…, "base64")</c> writes it: 76 characters a line, a line end behind every line.</summary>
internal static class MimeBase64
{
    private const int BytesPerLine = 57;
    private const int CharactersPerLine = 76;
    private const int LinesPerBlock = 400;

    /// <summary>Writes the text.</summary>
    /// <param name="bytes">What to encode.</param>
    /// <param name="output">Where the text goes.</param>
    /// <param name="lineEnd">A line feed, or its escape inside of a JSON string.</param>
    public static void Write(ReadOnlySpan<byte> bytes, Stream output, ReadOnlySpan<byte> lineEnd)
    {
        var text = new byte[LinesPerBlock * (CharactersPerLine + lineEnd.Length)];
        while (!bytes.IsEmpty)
        {
            var length = 0;
            for (var line = 0; line < LinesPerBlock && !bytes.IsEmpty; line++)
            {
                var count = Math.Min(bytes.Length, BytesPerLine);
                Base64.EncodeToUtf8(bytes[..count], text.AsSpan(length), out _, out var written);
                length += written;
                lineEnd.CopyTo(text.AsSpan(length));
                length += lineEnd.Length;
                bytes = bytes[count..];
            }

            output.Write(text, 0, length);
        }
    }
}
