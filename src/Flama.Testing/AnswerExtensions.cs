using System.Net.Http.Headers;
using System.Text.Json;

namespace Flama.Testing;

/// <summary>Asks for predictions over HTTP, and reads what is answered.</summary>
public static class AnswerExtensions
{
    /// <summary>Posts rows to a method's endpoint and reads the output, a value for each row.</summary>
    /// <typeparam name="T">What a row is answered with: a number, a text, an array of numbers, ….</typeparam>
    /// <param name="client">The client, of a test or of a server that runs elsewhere.</param>
    /// <param name="path">The endpoint, such as <c>/churn/predict/</c>.</param>
    /// <param name="rows">The rows as JSON, as in the <c>input</c> of a request.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="HttpRequestException">The answer is an error; the message is its detail.</exception>
    /// <exception cref="JsonException">An output is something else than <typeparamref name="T"/>.</exception>
    public static async Task<T[]> PredictAsync<T>(this HttpClient client, string path, ReadOnlyMemory<byte> rows, CancellationToken cancellationToken = default)
    {
        var output = await client.PostRowsAsync(path, rows, cancellationToken).ConfigureAwait(false);
        return output.Deserialize<T[]>(JsonSerializerOptions.Web) ?? [];
    }

    /// <summary>Reads an error answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="InvalidOperationException">The answer is not a problem; the message has its status and the beginning of its text.</exception>
    public static async Task<FlamaProblem> ReadProblemAsync(this HttpResponseMessage response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("detail", out _))
            {
                return FlamaProblem.Of(problem);
            }
        }
        catch (JsonException)
        {
            // Said below, with the text.
        }

        throw new InvalidOperationException(FormattableString.Invariant(
            $"The answer is not a problem: {(int)response.StatusCode} {response.Content.Headers.ContentType?.MediaType ?? "without a content type"}, {SafeText.OneLine(text, 200)}"));
    }

    /// <summary>Posts rows and reads the output.</summary>
    internal static async Task<JsonElement> PostRowsAsync(this HttpClient client, string path, ReadOnlyMemory<byte> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(path);
        using ByteArrayContent content = new([.. "{\"input\":"u8, .. rows.Span, (byte)'}']);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), content, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                FormattableString.Invariant($"{path} answers {(int)response.StatusCode}: {await DetailAsync(response, cancellationToken).ConfigureAwait(false)}"), null, response.StatusCode);
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty("output", out var output)
            ? output.Clone()
            : throw new JsonException($"{path} answers without 'output': {SafeText.OneLine(document.RootElement.GetRawText(), 200)}");
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return (await response.ReadProblemAsync(cancellationToken).ConfigureAwait(false)).Detail;
        }
        catch (InvalidOperationException failure)
        {
            return failure.Message;
        }
    }
}
