using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.Json;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Tells in the document that no credentials are needed, which its library leaves out.</summary>
internal static class SecurityMember
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JsonOutput.Encoder };

    /// <summary>
    /// Adds <c>security: []</c> to the document, or to each operation that asks for none where another asks for some (it answers 401). What the application
    /// itself has set stays.
    /// </summary>
    public static string AddTo(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject document || document.ContainsKey("security"))
        {
            return json;
        }

        var operations = (document["paths"] as JsonObject ?? []).SelectMany(path => path.Value as JsonObject ?? []).Select(operation => operation.Value).OfType<JsonObject>().ToList();
        if (operations.Exists(NeedsCredentials))
        {
            foreach (var operation in operations.Where(operation => !NeedsCredentials(operation)))
            {
                operation.TryAdd("security", new JsonArray());
            }
        }
        else
        {
            document.Insert(document.IndexOf("paths") is >= 0 and var paths ? paths : document.Count, "security", new JsonArray());
        }

        return document.ToJsonString(Readable);
    }

    private static bool NeedsCredentials(JsonObject operation) =>
        operation.ContainsKey("security") || (operation["responses"] as JsonObject)?.ContainsKey("401") == true;
}
