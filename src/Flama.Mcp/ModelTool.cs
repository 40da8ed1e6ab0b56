using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.AspNetCore.Calls;
using Flama.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Flama.Mcp;

/// <summary>A method of a model as a tool. Thread-safe.</summary>
internal sealed class ModelTool : McpServerTool
{
    private readonly CalledMethod method;
    private readonly McpModels models;

    public ModelTool(string name, CalledModel model, CalledMethod method, McpModels models)
    {
        Model = model;
        this.method = method;
        this.models = models;
        ProtocolTool = new Tool
        {
            Name = name,
            Title = $"{model.Name}: {method.Summary}",
            Description = $"Model '{model.Name}'. {method.Description}",
            InputSchema = ElementOf(method.Input),
            OutputSchema = method.Output is { } output ? ElementOf(output) : null,
            Annotations = new ToolAnnotations { ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
            Meta = model.IsKnown ? new JsonObject { ["flama/model"] = new JsonObject { ["id"] = model.Id, ["version"] = model.Version } } : null,
        };
    }

    /// <summary>The model.</summary>
    public CalledModel Model { get; }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata => [];

    /// <summary>Whether it is the tool of this very method, or of one that nothing is known of.</summary>
    public bool IsOf(CalledModel other, CalledMethod called) =>
        string.Equals(Model.Name, other.Name, StringComparison.Ordinal) && (ReferenceEquals(method, called) || (!Model.IsKnown && !other.IsKnown));

    /// <summary>Whether the caller of a request may use it.</summary>
    public ValueTask<bool> IsForAsync(HttpContext request) => models.Calls.AllowsAsync(request, Model, method);

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = CurrentRequest.Get();
        var answer = await models.Calls.CallAsync(context, Model, method, BodyOf(request.Params?.Arguments), cancellationToken);
        if (!Model.IsKnown)
        {
            models.Refresh();
        }

        return answer.IsSuccess
            ? new CallToolResult { Content = [new TextContentBlock { Text = Encoding.UTF8.GetString(answer.Body.Span) }], StructuredContent = answer.Json() }
            : ToolError.Of(answer, Model.Name, method.Name);
    }

    private static ReadOnlyMemory<byte> BodyOf(IDictionary<string, JsonElement>? arguments)
    {
        ArrayBufferWriter<byte> body = new();
        using Utf8JsonWriter json = new(body, JsonOutput.Compact);
        json.WriteStartObject();
        foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static JsonElement ElementOf(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
