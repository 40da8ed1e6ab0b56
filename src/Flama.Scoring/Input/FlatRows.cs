using System.Buffers;

namespace Flama.Scoring.Input;

/// <summary>
/// Makes rows of one value each out of a flat list, so that what one model predicts can be piped into a model of one feature:
/// <c>[0.5, 1.5]</c> becomes <c>[[0.5],[1.5]]</c>.
/// </summary>
internal static class FlatRows
{
    /// <summary>Wraps the values when the model takes exactly one feature and the text is one flat list; else gives the text back.</summary>
    /// <param name="json">A JSON text in UTF-8; one that is malformed comes back as it is, for the reader to complain about.</param>
    /// <param name="signature">What rows the model takes.</param>
    public static ReadOnlyMemory<byte> Wrap(ReadOnlyMemory<byte> json, TableSpec signature)
    {
        if (signature is not { HasKnownFeatures: true, RowForm: RowForm.Cells, Features.Count: 1 })
        {
            return json;
        }

        ArrayBufferWriter<byte> output = new(json.Length + 64);
        return TryWrap(json.Span, output) ? output.WrittenMemory : json;
    }

    private static bool TryWrap(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output)
    {
        var rest = Trim(json.StartsWith("\uFEFF"u8) ? json[3..] : json);
        if (rest.Length < 3 || rest[0] != (byte)'[' || rest[^1] != (byte)']')
        {
            return false;
        }

        rest = rest[1..^1];
        var separator = "[["u8;
        while (true)
        {
            var end = EndOfValue(rest);
            var value = end < 0 ? default : Trim(rest[..end]);
            if (value.IsEmpty)
            {
                return false;
            }

            output.Write(separator);
            output.Write(value);
            if (end == rest.Length)
            {
                output.Write("]]"u8);
                return true;
            }

            separator = "],["u8;
            rest = rest[(end + 1)..];
        }
    }

    // The comma after a value that is not a list or object, or the end of the text; -1 where it is neither.
    private static int EndOfValue(ReadOnlySpan<byte> text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when isQuoted:
                    i++;
                    break;
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)',' when !isQuoted:
                    return i;
                case (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' when !isQuoted:
                    return -1;
            }
        }

        return isQuoted ? -1 : text.Length;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);
}
