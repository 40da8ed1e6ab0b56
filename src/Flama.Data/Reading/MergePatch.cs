using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flama.Data.Reading;

/// <summary>JSON Merge Patch (RFC 7396) of a value that is JSON itself.</summary>
internal static class MergePatch
{
    /// <summary>What becomes of a value.</summary>
    /// <param name="target">The value; null for none.</param>
    /// <param name="patch">The patch.</param>
    public static JsonNode? Apply(JsonNode? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return patch.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(patch.GetRawText());
        }

        // Depth is that of the body, which its reader limits.
        var merged = target as JsonObject ?? [];
        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                merged.Remove(member.Name);
                continue;
            }

            merged.TryGetPropertyValue(member.Name, out var old);
            merged.Remove(member.Name);
            merged[member.Name] = Apply(old, member.Value);
        }

        return merged;
    }
}
