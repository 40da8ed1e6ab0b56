using System.Buffers;
using System.Text.Json;

namespace Flama.Json;

/// <summary>Lays a JSON document out as Python's <c>json.dumps</c> does, on one line or indented by four.</summary>
public static class PythonLayout
{
    /// <summary>As deep as metadata and predictions can be.</summary>
    public const int MaxDepth = 1024;

    private static readonly byte[] Indentation = [.. Enumerable.Repeat((byte)' ', 4 * 16)];

    /// <summary>Rewrites a document with the keys of every object in order, as Python's <c>sort_keys=True</c> gives it.</summary>
    /// <param name="json">One JSON document; strings and numbers are copied as they are.</param>
    /// <returns>A compact document.</returns>
    public static ReadOnlyMemory<byte> SortKeys(ReadOnlyMemory<byte> json) => SortedDocument.Of(json);

    /// <summary>Writes a document and a line end.</summary>
    /// <param name="json">One JSON document; numbers are copied as they are.</param>
    /// <param name="indented">False for one line with <c>", "</c> and <c>": "</c>; true for a line an item.</param>
    /// <param name="output">Takes the ASCII text.</param>
    public static void Write(ReadOnlySpan<byte> json, bool indented, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var isFirst = true;
        var followsName = false;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                if (indented && !isFirst)
                {
                    NewLine(output, reader.CurrentDepth);
                }

                output.Write(reader.TokenType == JsonTokenType.EndArray ? "]"u8 : "}"u8);
                isFirst = false;
                continue;
            }

            if (!followsName && reader.CurrentDepth > 0)
            {
                Separate(output, isFirst, indented, reader.CurrentDepth);
            }

            followsName = reader.TokenType == JsonTokenType.PropertyName;
            isFirst = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
            WriteToken(ref reader, output);
        }

        output.Write("\n"u8);
    }

    private static void WriteToken(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                PythonText.Write(reader.ValueSpan, output);
                output.Write(": "u8);
                break;
            case JsonTokenType.String:
                PythonText.Write(reader.ValueSpan, output);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
    }

    private static void Separate(IBufferWriter<byte> output, bool isFirst, bool indented, int depth)
    {
        if (!isFirst)
        {
            output.Write(indented ? ","u8 : ", "u8);
        }

        if (indented)
        {
            NewLine(output, depth);
        }
    }

    internal static void NewLine(IBufferWriter<byte> output, int depth)
    {
        output.Write("\n"u8);
        for (var left = depth * 4; left > 0; left -= Indentation.Length)
        {
            output.Write(Indentation.AsSpan(0, Math.Min(left, Indentation.Length)));
        }
    }
}
