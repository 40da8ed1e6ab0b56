using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Flama.AspNetCore.Predict;

/// <summary>An image or a text as the body itself, for methods that take these: <c>image/png</c>, <c>image/jpeg</c>, a form with files, <c>text/plain</c>.</summary>
internal static class ContentBody
{
    private const string Image = "image/", Bytes = "application/octet-stream", Form = "multipart/form-data", Text = "text/plain";
    private const int MaxParts = 1024, MaxBoundary = 70;

    /// <summary>Whether the body is of a form that the method takes so.</summary>
    public static bool IsSent(HttpRequest request, ModelMethod method) => ContentInputs.Of(method.Input) switch
    {
        InputContent.Image => StartsWith(request, Image) || StartsWith(request, Bytes) || StartsWith(request, Form),
        InputContent.Text => StartsWith(request, Text),
        _ => false,
    };

    /// <summary>Makes the input; the caller disposes it. One image or text alone is one, the files of a form with several a list.</summary>
    /// <exception cref="FlamaException">A form cannot be read or has no file (<see cref="ErrorCodes.InvalidInput"/>), or a text is not UTF-8.</exception>
    public static async ValueTask<TensorInputs> ReadAsync(HttpRequest request, ModelMethod method, ReadOnlyMemory<byte> body)
    {
        if (!StartsWith(request, Form))
        {
            return ContentInputs.Of(method.Input) == InputContent.Image ? ContentInputs.Image(method, body.Span) : ContentInputs.Text(method, TextOf(body.Span));
        }

        var files = await ReadFilesAsync(request, body);
        return files.Count == 1 ? ContentInputs.Image(method, files[0].Span) : ContentInputs.Images(method, files);
    }

    private static bool StartsWith(HttpRequest request, string mediaType) => request.ContentType?.StartsWith(mediaType, StringComparison.OrdinalIgnoreCase) == true;

    private static string TextOf(ReadOnlySpan<byte> body)
    {
        try
        {
            return StrictText.GetString(body);
        }
        catch (System.Text.DecoderFallbackException failure)
        {
            throw new FlamaException(ErrorCodes.InvalidInput, "The text is not UTF-8.", "Send it in UTF-8.", failure);
        }
    }

    private static System.Text.UTF8Encoding StrictText { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static async ValueTask<List<ReadOnlyMemory<byte>>> ReadFilesAsync(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : "";
        if (boundary.Length is 0 or > MaxBoundary)
        {
            throw Problem("The content type of the form has no boundary.");
        }

        List<ReadOnlyMemory<byte>> files = [];
        try
        {
            using MemoryStream content = new(body.ToArray(), writable: false);
            MultipartReader reader = new(boundary, content);
            while (await reader.ReadNextSectionAsync(request.HttpContext.RequestAborted) is { } section)
            {
                if (files.Count == MaxParts)
                {
                    throw Problem($"The form has more than {MaxParts} files.");
                }

                if (IsFile(section))
                {
                    using MemoryStream file = new();
                    await section.Body.CopyToAsync(file, request.HttpContext.RequestAborted);
                    files.Add(file.ToArray());
                }
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw Problem("The form cannot be read: its parts are not as its boundary says.");
        }

        return files.Count > 0 ? files : throw Problem("The form has no file.");
    }

    private static bool IsFile(MultipartSection section) => section.ContentType?.StartsWith(Image, StringComparison.OrdinalIgnoreCase) == true
        || (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && (disposition.FileName.HasValue || disposition.FileNameStar.HasValue));

    private static FlamaException Problem(string message) => new([new InputProblem("form", message)], 1);
}
