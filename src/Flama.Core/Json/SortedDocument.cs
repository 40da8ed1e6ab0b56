using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Flama.Json;

/// <summary>A JSON document with the keys of every object in order, as Python's <c>sort_keys=True</c> gives it.</summary>
internal static class SortedDocument
{
    /// <summary>Rewrites a document, compact. Strings and numbers are copied as they are.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = PythonLayout.MaxDepth });
        ArrayBufferWriter<byte> output = new(json.Length);
        Write(document.RootElement, output);
        return output.WrittenMemory;
    }

    // The parser has bounded the depth of this recursion.
    private static void Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, output);
                break;
            case JsonValueKind.Array:
                var separator = "["u8;
                foreach (var item in element.EnumerateArray())
                {
                    output.Write(separator);
                    Write(item, output);
                    separator = ","u8;
                }

                output.Write(element.GetArrayLength() == 0 ? "[]"u8 : "]"u8);
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var members = element.EnumerateObject()
            .Select(member => (Name: PythonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member)), Member: member))
            .OrderBy(member => member.Name, StringComparer.Ordinal);
        var separator = "{"u8;
        foreach (var (_, member) in members)
        {
            output.Write(separator);
            output.Write("\""u8);
            output.Write(JsonMarshal.GetRawUtf8PropertyName(member));
            output.Write("\":"u8);
            Write(member.Value, output);
            separator = ","u8;
        }

        output.Write(separator[0] == (byte)'{' ? "{}"u8 : "}"u8);
    }
}
