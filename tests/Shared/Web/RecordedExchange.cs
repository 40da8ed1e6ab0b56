using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flama.Tests.Hosting;

namespace Flama.Tests.Twins;

/// <summary>A request to a program of the Python original 2.2, and what that answered.</summary>
internal sealed record RecordedExchange(string Id, string Method, string Path, JsonElement? Body, int Status, JsonElement? Answer)
{
    /// <summary>The exchanges with a program.</summary>
    public static IReadOnlyList<RecordedExchange> Of(string program)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("http", "flama-2.2", $"{program}.json")));
        return [.. document.RootElement.GetProperty("exchanges").EnumerateArray().Select(Read)];
    }

    /// <summary>Sends the request to a twin; gives status and body.</summary>
    public async Task<(int Status, string Body)> AskAsync(FlamaHost twin)
    {
        using HttpRequestMessage request = new(new HttpMethod(Method), Path);
        if (Body is { } body)
        {
            request.Content = new StringContent(body.GetRawText(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var response = await twin.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Whether an answer has everything that another has; numbers may differ in the last digits, as exponentials of different libraries do.</summary>
    public static bool Has(JsonElement given, JsonElement wanted) => (wanted.ValueKind, given.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => wanted.EnumerateObject().All(member => given.TryGetProperty(member.Name, out var value) && Has(value, member.Value)),
        (JsonValueKind.Array, JsonValueKind.Array) => wanted.GetArrayLength() == given.GetArrayLength() && wanted.EnumerateArray().Zip(given.EnumerateArray()).All(pair => Has(pair.Second, pair.First)),
        (JsonValueKind.Number, JsonValueKind.Number) => Math.Abs(wanted.GetDouble() - given.GetDouble()) <= 1e-12 * Math.Abs(wanted.GetDouble()),
        _ => JsonElement.DeepEquals(wanted, given),
    };

    private static RecordedExchange Read(JsonElement item)
    {
        var (request, response) = (item.GetProperty("request"), item.GetProperty("response"));
        return new(
            item.GetProperty("id").GetString()!,
            request.GetProperty("method").GetString()!,
            request.GetProperty("path").GetString()!,
            request.TryGetProperty("body", out var body) ? body.Clone() : null,
            response.GetProperty("status").GetInt32(),
            response.TryGetProperty("json", out var json) ? json.Clone() : null);
    }
}
