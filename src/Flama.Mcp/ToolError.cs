using System.Text;
using System.Text.Json.Nodes;
using Flama.AspNetCore.Calls;
using ModelContextProtocol.Protocol;

namespace Flama.Mcp;

/// <summary>What a tool answers where its model refuses or fails: the code, what is wrong and what to do, for the agent to read; the whole problem in <c>_meta</c>.</summary>
internal static class ToolError
{
    private const string TypePrefix = "urn:flama:error:", MetaName = "flama/problem";

    /// <summary>The error that an endpoint answered.</summary>
    public static CallToolResult Of(InnerAnswer answer, string model, string method)
    {
        if (answer.Body.Length == 0 || JsonNode.Parse(answer.Body.Span) is not JsonObject problem)
        {
            return answer.Status switch
            {
                401 or 403 => Of("forbidden", $"The credentials of the request do not allow '{method}' of the model '{model}'. Use some that its own path takes: with keys, one with the scope predict for it.", null),
                404 => Of(ErrorCodes.ModelNotFound.Name, $"The model '{model}' has no method '{method}' here. List the tools again.", null),
                _ => Of(ErrorCodes.Internal.Name, "The server failed to answer.", null),
            };
        }

        var code = (string?)problem["type"] is { } type && type.StartsWith(TypePrefix, StringComparison.Ordinal) ? type[TypePrefix.Length..] : ErrorCodes.Internal.Name;
        StringBuilder text = new((string?)problem["detail"] ?? (string?)problem["title"]);
        foreach (var error in problem["errors"] as JsonArray ?? [])
        {
            text.Append('\n').Append(LineOf(error!.AsObject()));
        }

        return Of(code, text.ToString(), problem);
    }

    private static CallToolResult Of(string code, string text, JsonObject? problem) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = $"{code}: {text}" }],
        Meta = problem is null ? null : new JsonObject { [MetaName] = problem },
    };

    private static string LineOf(JsonObject error)
    {
        var row = error["loc"] is JsonArray { Count: > 1 } place ? $"row {place[1]!.ToJsonString()}" : null;
        var feature = (string?)error["feature"] is { } name ? $"feature '{name}'" : null;
        var where = string.Join(", ", new[] { row, feature }.Where(part => part is not null));
        return where.Length > 0 ? $"- {where}: {(string?)error["msg"]}" : $"- {(string?)error["msg"]}";
    }
}
