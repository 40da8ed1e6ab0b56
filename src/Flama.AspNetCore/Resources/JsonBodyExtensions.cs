using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Predict;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore;

/// <summary>Reads bodies as Flama's own endpoints do.</summary>
public static class JsonBodyExtensions
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the whole body as JSON; compressed ones (gzip, deflate, br) too.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most bytes of the body, after decompression too.</param>
    /// <param name="options">What of JSON is taken beside the standard.</param>
    /// <returns>The document, which the caller disposes.</returns>
    /// <exception cref="FlamaException">
    /// The media type is not JSON (<see cref="ErrorCodes.UnsupportedMediaType"/>), the body is larger than the limit (<see cref="ErrorCodes.InputTooLarge"/>), or not JSON
    /// (<see cref="ErrorCodes.MalformedJson"/>).
    /// </exception>
    public static async Task<JsonDocument> ReadJsonBodyAsync(this HttpRequest request, long maxBytes, JsonDocumentOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        if (!JsonMediaType.Is(request.ContentType))
        {
            throw ErrorResponder.UnsupportedMediaType(request.ContentType);
        }

        if (request.ContentLength > maxBytes)
        {
            RestOfBody.LetBeReadAway(request.HttpContext);
            throw ErrorResponder.TooLarge(maxBytes);
        }

        if (!BodyEncoding.IsUsed(request))
        {
            return await ReadAsync(request.BodyReader, maxBytes, options, request.HttpContext.RequestAborted);
        }

        await using var body = BodyEncoding.Open(request);
        var reader = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            return await ReadAsync(reader, maxBytes, options, request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException exception)
        {
            throw BodyEncoding.Invalid(request, exception);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static async Task<JsonDocument> ReadAsync(PipeReader reader, long maxBytes, JsonDocumentOptions options, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var isTooLarge = result.Buffer.Length > maxBytes;
            if (!isTooLarge && !result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            try
            {
                return isTooLarge ? throw ErrorResponder.TooLarge(maxBytes) : Parse(result.Buffer, options);
            }
            finally
            {
                reader.AdvanceTo(result.Buffer.End);
            }
        }
    }

    // The document would keep the pipe's memory, which is not its own.
    private static JsonDocument Parse(in ReadOnlySequence<byte> body, JsonDocumentOptions options)
    {
        var bytes = body.ToArray();
        try
        {
            return JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0), options);
        }
        catch (JsonException failure)
        {
            throw new FlamaException(
                ErrorCodes.MalformedJson,
                bytes.Length == 0 ? "The body is empty." : $"The body is not JSON: it goes wrong in line {(failure.LineNumber ?? 0) + 1} at byte {failure.BytePositionInLine ?? 0}.",
                "Send JSON.",
                failure);
        }
    }
}
