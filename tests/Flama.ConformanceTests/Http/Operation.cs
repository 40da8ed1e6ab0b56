using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flama.ConformanceTests.Http;

/// <summary>One operation of a model as the document describes it.</summary>
internal sealed class Operation(ModelHost host, string path, JsonElement description)
{
    private readonly JsonElement request = description.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
    private readonly JsonElement answer = description.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json");

    /// <summary>The requests that the document shows.</summary>
    public IEnumerable<JsonObject> Examples => request.TryGetProperty("examples", out var examples)
        ? examples.EnumerateObject().Select(example => (JsonObject)JsonNode.Parse(example.Value.GetProperty("value").GetRawText())!)
        : [];

    /// <summary>The answer that the document shows.</summary>
    public JsonElement? ExampleAnswer => answer.TryGetProperty("example", out var example) ? example : null;

    /// <summary>Posts a request; returns what is wrong with the answer or the schemas, null when nothing is.</summary>
    public async Task<string?> PostAsync(JsonObject body, JsonElement? expected)
    {
        var json = body.ToJsonString();
        var (status, given) = await host.PostAsync(path, json);
        if (status != 200)
        {
            return $"{status} {given.GetProperty("detail").GetString()}";
        }

        using var sent = JsonDocument.Parse(json);
        if (host.Validator.Check(sent.RootElement, request.GetProperty("schema")) is { } badRequest)
        {
            return $"the request, which was answered, does not fit the schema: {badRequest}";
        }

        if (host.Validator.Check(given, answer.GetProperty("schema")) is { } badAnswer)
        {
            return $"the answer does not fit the schema: {badAnswer}";
        }

        return expected is { } value && !JsonElement.DeepEquals(value, given) ? $"the answer is {given.GetRawText()}, not the example {value.GetRawText()}" : null;
    }
}
