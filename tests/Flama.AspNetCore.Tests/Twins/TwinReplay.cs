using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flama.Tests.Hosting;

namespace Flama.Tests.Twins;

/// <summary>Sends the recorded requests of a program to its twin, in their order, and tells what is not as it was there.</summary>
/// <remarks>
/// Compared are status, JSON (an answer may have more), text, and the headers that clients read; of errors <c>status_code</c> and <c>error</c>, since their words differ. What is listed as a
/// difference has to be one.
/// </remarks>
internal sealed class TwinReplay(string program)
{
    private static readonly string[] Headers = ["location", "x-test", "x-correlation-id", "content-encoding", "set-cookie", "access-control-allow-origin", "access-control-allow-credentials", "access-control-max-age"];

    private readonly TwinDifferences differences = new(program);
    private readonly List<string> failures = [];

    /// <summary>Values of the moment that later requests have, by their names.</summary>
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Called behind each exchange with its id and the answer.</summary>
    public Func<string, Answer, Task>? Answered { get; init; }

    /// <summary>Replays all.</summary>
    public async Task RunAsync(FlamaHost twin)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Fixtures.PathOf("http", "flama-2.2", $"{program}.json"), TestContext.Current.CancellationToken));
        using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = twin.Address };
        foreach (var exchange in document.RootElement.GetProperty("exchanges").EnumerateArray())
        {
            var id = exchange.GetProperty("id").GetString()!;
            using var request = RequestOf(exchange.GetProperty("request"));
            var answer = await AskAsync(client, request);
            Compare(id, request.Method, exchange.GetProperty("response"), answer);
            await (Answered?.Invoke(id, answer) ?? Task.CompletedTask);
        }

        if (document.RootElement.TryGetProperty("websockets", out var sockets))
        {
            var number = 0;
            foreach (var conversation in sockets.EnumerateArray())
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"socket {++number}");
                var said = await SocketReplay.RunAsync(new Uri(twin.Address, conversation.GetProperty("path").GetString()!), conversation);
                var wanted = SocketReplay.Expected(conversation);
                Note(id, differences.Find(id) is null, wanted == said, $"there {wanted}, here {said}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Empty(differences.Unused);
    }

    private HttpRequestMessage RequestOf(JsonElement recorded)
    {
        HttpRequestMessage request = new(new HttpMethod(recorded.GetProperty("method").GetString()!), recorded.GetProperty("path").GetString());
        var type = "application/json";
        foreach (var header in recorded.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().ToArray() : [])
        {
            var value = Values.OrderByDescending(pair => pair.Key.Length).Aggregate(header.Value.GetString()!, (text, pair) => text.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
            if (header.NameEquals("Content-Type"))
            {
                type = value;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header.Name, value);
            }
        }

        if (recorded.TryGetProperty("body", out var body))
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ValueKind == JsonValueKind.String ? body.GetString()! : JsonSerializer.Serialize(body)));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return request;
    }

    // A stream that fails breaks off, and its beginning may or may not have come by then.
    private static async Task<Answer> AskAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            return await Answer.ReadAsync(response);
        }
        catch (HttpRequestException)
        {
            using HttpResponseMessage broken = new() { Content = new StringContent("broken off") };
            return new(200, null, "broken off", broken.Headers, broken.Content.Headers);
        }
    }

    private void Compare(string id, HttpMethod method, JsonElement wanted, Answer answer)
    {
        var status = wanted.GetProperty("status").GetInt32();
        var listed = differences.Find(id);
        if (answer.Status != (listed ?? status))
        {
            failures.Add($"{id}: status {answer.Status} instead of {listed ?? status}; {answer.Body}");
            return;
        }

        var what = method == HttpMethod.Head ? null : DifferenceOf(wanted, answer) ?? HeaderDifferenceOf(wanted, answer);
        Note(id, listed is null, answer.Status == status && what is null, what ?? $"status {status} there");
    }

    private void Note(string id, bool isUnlisted, bool isSame, string what)
    {
        if (isUnlisted != isSame)
        {
            failures.Add(isSame ? $"{id}: is listed as a difference, and is none" : $"{id}: {what}");
        }
    }

    private static string? DifferenceOf(JsonElement wanted, Answer answer)
    {
        if (wanted.TryGetProperty("json", out var json))
        {
            if (!TryParse(answer.Body, out var given))
            {
                return $"no JSON: {answer.Body}";
            }

            return wanted.GetProperty("status").GetInt32() < 400
                ? RecordedExchange.Has(given, json) ? null : $"there {JsonSerializer.Serialize(json)}, here {answer.Body}"
                : IsSameError(json, given) ? null : $"there {JsonSerializer.Serialize(json)}, here {answer.Body}";
        }

        return wanted.GetProperty("status").GetInt32() < 400 && wanted.TryGetProperty("text", out var text) && text.GetString() is { } body && !body.StartsWith('<') && body != answer.Body
            ? $"there '{body}', here '{answer.Body}'"
            : null;
    }

    private static bool IsSameError(JsonElement wanted, JsonElement given) =>
        given.TryGetProperty("status_code", out var status) && JsonElement.DeepEquals(status, wanted.GetProperty("status_code"))
        && given.TryGetProperty("error", out var error) && JsonElement.DeepEquals(error, wanted.GetProperty("error"));

    private static string? HeaderDifferenceOf(JsonElement wanted, Answer answer)
    {
        foreach (var header in wanted.GetProperty("headers").EnumerateObject().Where(header => Headers.Contains(header.Name)))
        {
            var given = answer.Headers.TryGetValues(header.Name, out var values) || answer.ContentHeaders.TryGetValues(header.Name, out values) ? string.Join(", ", values) : null;
            if (given is null || !IsSame(header.Value.GetString()!, given))
            {
                return $"header {header.Name}: there '{header.Value.GetString()}', here '{given}'";
            }
        }

        return null;
    }

    // The order of a cookie's attributes means nothing, and a value of the moment is another.
    private static bool IsSame(string wanted, string given)
    {
        var (left, right) = (Parts(wanted), Parts(given));
        return wanted == "<volatile>" || left.SetEquals(right);

        static HashSet<string> Parts(string text) =>
            [.. text.Split(';', StringSplitOptions.TrimEntries).Select(part => part.StartsWith("session=", StringComparison.Ordinal) ? "session" : part.ToLowerInvariant())];
    }

    private static bool TryParse(string text, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
