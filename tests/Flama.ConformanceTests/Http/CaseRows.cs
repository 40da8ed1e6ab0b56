using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flama.ConformanceTests.Http;

/// <summary>The rows of a golden check as the body of a request.</summary>
internal static class CaseRows
{
    private const int MaxRows = 20;

    /// <summary>Rows by position, in the order of training; null when they have a value that JSON does not have, or lack a column.</summary>
    public static JsonArray? ByPosition(JsonElement input, TableSpec spec)
    {
        if (Rows(input) is not { } rows || !rows.All(IsPlain))
        {
            return null;
        }

        // A flat array of Python's is a column here.
        if (spec.RowForm is RowForm.Cells && rows.All(row => row.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)))
        {
            return new JsonArray([.. rows.Select(row => (JsonNode)new JsonArray(Node(row)))]);
        }

        if (!spec.HasNames || !input.TryGetProperty("columns", out var columns))
        {
            return new JsonArray([.. rows.Select(Node)]);
        }

        string[] given = [.. columns.EnumerateArray().Select(name => name.GetString()!)];
        int[] order = [.. spec.Features.Select(feature => Array.IndexOf(given, feature.Name!))];
        return order.Contains(-1) ? null : new JsonArray([.. rows.Select(row => (JsonNode)new JsonArray([.. order.Select(column => Node(row[column]))]))]);
    }

    private static IReadOnlyList<JsonElement>? Rows(JsonElement input) => input.GetProperty("type").GetString() switch
    {
        "dataframe" => [.. input.GetProperty("rows").EnumerateArray().Take(MaxRows)],
        "csr" => null,
        _ => [.. input.GetProperty("data").EnumerateArray().Take(MaxRows)],
    };

    /// <summary>Rows by name, members in the opposite order; null where the rows do not have the names that the method knows.</summary>
    public static JsonArray? ByName(JsonElement input, TableSpec spec)
    {
        if (!spec.HasNames || Rows(input) is not { } rows)
        {
            return null;
        }

        string[] known = [.. spec.Features.Select(feature => feature.Name!)];
        string[] given = input.TryGetProperty("columns", out var columns) ? [.. columns.EnumerateArray().Select(name => name.GetString()!)] : known;
        if (known.Except(given).Any()
            || rows.Any(row => row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != given.Length || !IsPlain(row)))
        {
            return null;
        }

        var kept = given.Select((name, i) => (Name: name, Index: i)).Where(column => spec.SelectsByName || known.Contains(column.Name)).Reverse().ToList();
        return new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject(kept.Select(column => KeyValuePair.Create(column.Name, Node(row[column.Index])))))]);
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    // NaN and infinities are objects with one member.
    private static bool IsPlain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.TryGetProperty("$", out _) && value.EnumerateObject().All(member => IsPlain(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsPlain),
        _ => true,
    };
}
