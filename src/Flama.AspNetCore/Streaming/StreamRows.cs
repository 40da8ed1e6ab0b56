using System.Buffers;
using System.Text.Json;
using Flama.Hosting;
using Flama.Json;

namespace Flama.AspNetCore.Streaming;

/// <summary>
/// Reads the rows of one part of a stream: a list of rows, a request as <c>predict</c> takes it, or a single row where it cannot be
/// mistaken for those: an object by feature name without <c>input</c>, or a text.
/// </summary>
internal static class StreamRows
{
    private static ReadOnlySpan<byte> Spaces => " \t\r\n"u8;

    /// <summary>Reads the rows; the caller disposes them.</summary>
    /// <param name="text">The part.</param>
    /// <param name="resource">The model.</param>
    /// <param name="part">Which part it is, for messages.</param>
    /// <exception cref="FlamaException">They are no JSON, or not what the model takes.</exception>
    public static ModelInput Read(in ReadOnlySequence<byte> text, LoadedModel resource, StreamPart part)
    {
        var rows = Trim(text);
        var method = resource.Model.GetMethod(ModelMethod.Predict);
        var reader = resource.ReaderOf(method);
        if (method.Input is not TableSpec spec)
        {
            return reader.ReadValue(rows, part.Subject, part.FirstLine);
        }

        return TryTextInput(rows) is { } single ? ReadRow(single, reader, part)
            : IsRow(rows, spec) ? ReadRow(rows, reader, part)
            : reader.ReadValue(rows, part.Subject, part.FirstLine);
    }

    /// <summary>Whether the part is a request with one text as its input, as Flama 2.x streams it: <c>{"input": "text"}</c>.</summary>
    public static bool IsTextInput(in ReadOnlySequence<byte> part) => TryTextInput(Trim(part)) is not null;

    // The text in its quotation marks.
    private static ReadOnlySequence<byte>? TryTextInput(in ReadOnlySequence<byte> text)
    {
        if (text.IsEmpty || text.FirstSpan[0] != (byte)'{')
        {
            return null;
        }

        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 64 });
        ReadOnlySequence<byte>? found = null;
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isInput = json.ValueTextEquals("input"u8);
                json.Read();
                var start = json.TokenStartIndex;
                json.Skip();
                if (isInput)
                {
                    found = json.TokenType == JsonTokenType.String ? text.Slice(start, json.BytesConsumed - start) : null;
                }
            }

            return json.Read() ? null : found;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ModelInput ReadRow(in ReadOnlySequence<byte> row, InputReader reader, StreamPart part)
    {
        var length = checked((int)row.Length + 2);
        var list = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            list[0] = (byte)'[';
            row.CopyTo(list.AsSpan(1));
            list[length - 1] = (byte)']';
            return reader.ReadValue(new ReadOnlySequence<byte>(list, 0, length), part.Subject, part.FirstLine);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(list);
        }
    }

    private static bool IsRow(in ReadOnlySequence<byte> text, TableSpec spec)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        return text.FirstSpan[0] switch
        {
            (byte)'{' => (spec.HasNames || spec.RowForm == RowForm.Record) && IsObjectWithoutInput(text),
            (byte)'"' => spec.RowForm == RowForm.Document && IsString(text),
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
