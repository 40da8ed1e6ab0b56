using System.Buffers;
using System.Text.Json;
using Flama.AspNetCore.Models;

namespace Flama.AspNetCore.Streaming;

/// <summary>
/// Reads the rows of one part of a stream: a list of rows, a request as <c>predict</c> takes it, or a single row where it cannot be
/// mistaken for those: an object by feature name without <c>input</c>, or a text.
/// </summary>
internal static class StreamRows
{
    private static ReadOnlySpan<byte> Spaces => " \t\r\n"u8;

    /// <summary>Reads the rows; the caller disposes them.</summary>
    /// <exception cref="FlamaException">They are no JSON, or not what the model takes.</exception>
    public static FeatureBatch Read(in ReadOnlySequence<byte> part, ModelResource resource)
    {
        var rows = Trim(part);
        return IsRow(rows, resource.Model.Signature) ? ReadRow(rows, resource) : resource.Reader.ReadRows(rows);
    }

    private static FeatureBatch ReadRow(in ReadOnlySequence<byte> row, ModelResource resource)
    {
        var length = checked((int)row.Length + 2);
        var list = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            list[0] = (byte)'[';
            row.CopyTo(list.AsSpan(1));
            list[length - 1] = (byte)']';
            return resource.Reader.ReadRows(list.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(list);
        }
    }

    private static bool IsRow(in ReadOnlySequence<byte> text, ModelSignature signature)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        return text.FirstSpan[0] switch
        {
            (byte)'{' => (signature.HasNames || signature.RowForm == RowForm.Record) && IsObjectWithoutInput(text),
            (byte)'"' => signature.RowForm == RowForm.Document && IsString(text),
            _ => false,
        };
    }

    // What is no JSON is left to the reader of rows, which says where.
    private static bool IsObjectWithoutInput(in ReadOnlySequence<byte> text)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("input"u8))
                {
                    return false;
                }

                json.Skip();
            }

            return !json.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsString(in ReadOnlySequence<byte> text)
    {
        var json = new Utf8JsonReader(text);
        try
        {
            return json.Read() && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySequence<byte> Trim(in ReadOnlySequence<byte> text)
    {
        var start = new SequenceReader<byte>(text);
        start.AdvancePastAny(Spaces);
        return text.Slice(start.Position);
    }
}
