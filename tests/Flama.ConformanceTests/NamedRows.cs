using System.Text.Json;

namespace Flama.ConformanceTests;

/// <summary>The rows of a golden check as JSON, once as arrays in training's order and once as objects in the opposite order.</summary>
internal sealed record NamedRows(byte[] Arrays, byte[] Objects)
{
    /// <summary>Null when the check's rows lack a column of the signature or have a cell that JSON cannot say.</summary>
    public static NamedRows? Of(JsonElement input, TableSpec signature)
    {
        string[] names = [.. signature.Features.Select(feature => feature.Name!)];
        string[] given = input.TryGetProperty("columns", out var columns) ? [.. columns.EnumerateArray().Select(name => name.GetString()!)] : names;
        var property = input.TryGetProperty("rows", out var found) ? found : input.GetProperty("data");
        if (names.Except(given).Any() || property.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != given.Length))
        {
            return null;
        }

        var rows = property.EnumerateArray().Select(row => names.Select(name => row[Array.IndexOf(given, name)]).ToArray()).ToArray();
        return rows.Any(row => row.Any(cell => cell.ValueKind == JsonValueKind.Object))
            ? null
            : new(
                JsonSerializer.SerializeToUtf8Bytes(rows),
                JsonSerializer.SerializeToUtf8Bytes(rows.Select(row => names.Zip(row).Reverse().ToDictionary(pair => pair.First, pair => pair.Second))));
    }
}
