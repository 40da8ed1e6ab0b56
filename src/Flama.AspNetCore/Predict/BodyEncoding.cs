using System.IO.Compression;
using Flama.AspNetCore.Errors;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Compressed bodies, by the request's <c>Content-Encoding</c>.</summary>
internal static class BodyEncoding
{
    private const string Identity = "identity";
    private const int PieceSize = 64 * 1024;

    /// <summary>Whether the body is compressed.</summary>
    public static bool IsUsed(HttpRequest request) =>
        request.Headers.ContentEncoding.Count > 0 && !string.Equals(request.Headers.ContentEncoding, Identity, StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens the decompressed body; the caller disposes it.</summary>
    /// <exception cref="FlamaException">The encoding is not one of gzip, deflate and br (<see cref="ErrorCodes.UnsupportedMediaType"/>).</exception>
    public static Stream Open(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString().Trim();
        return encoding.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            "DEFLATE" => new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            "BR" => new BrotliStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => throw new FlamaException(
                ErrorCodes.UnsupportedMediaType, $"The content encoding '{SafeText.OneLine(encoding)}' is not read.", "Send the body as it is, or as gzip, deflate or br."),
        };
    }

    /// <summary>Reads a compressed body into a buffer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The most bytes after decompression.</param>
    /// <param name="collected">Takes the bytes.</param>
    /// <param name="note">Hears how many bytes there are before they are kept.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FlamaException">The body is larger than the limit, is not compressed so, or the encoding is another one.</exception>
    public static async Task ReadAsync(HttpRequest request, long limit, Buffers.PooledBuffer collected, Action<long> note, CancellationToken cancellationToken)
    {
        await using var body = Open(request);
        try
        {
            int read;
            while ((read = await body.ReadAsync(collected.GetMemory(PieceSize), cancellationToken)) > 0)
            {
                if (collected.Length + read > limit)
                {
                    throw ErrorResponder.TooLarge(limit);
                }

                note(collected.Length + read);
                collected.Advance(read);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw Invalid(request, exception);
        }
    }

    /// <summary>The failure of a body that is not compressed as it says.</summary>
    public static FlamaException Invalid(HttpRequest request, Exception cause) => new(
        ErrorCodes.MalformedJson,
        $"The body is not valid {request.Headers.ContentEncoding}.",
        "Compress it as its Content-Encoding tells, or leave the header out.",
        cause);
}
