using System.Text.Json;

namespace Flama.Packaging.Mlflow;

/// <summary>The input example that an MLflow model was logged with, as rows. Seen in the form of pandas's split, of arrays and of records.</summary>
internal static class MlflowExample
{
    private const int MaxBytes = 16 << 20;

    /// <summary>Reads the rows; null where there are none, or in a form that rows cannot have. An example never keeps a model from loading.</summary>
    /// <param name="manifest">The model's description.</param>
    /// <param name="files">The model's files.</param>
    /// <param name="names">The names of the signature's columns; null for none.</param>
    public static JsonElement? Read(IReadOnlyDictionary<string, object> manifest, MlflowFiles files, IReadOnlyList<string>? names)
    {
        if (manifest.GetValueOrDefault("saved_input_example_info") is not IReadOnlyDictionary<string, object> info
            || info.GetValueOrDefault("artifact_path") is not string path
            || files.Read(path) is not { Length: <= MaxBytes } text)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return RowsOf(document.RootElement, names);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? RowsOf(JsonElement root, IReadOnlyList<string>? names)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("inputs", out var inputs))
        {
            root = inputs;
        }

        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("data", out var data))
        {
            var columns = root.TryGetProperty("columns", out var told) && told.ValueKind == JsonValueKind.Array ? told : default;
            return data.ValueKind == JsonValueKind.Array ? ByName(data, columns, names) : null;
        }

        return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 && root[0].ValueKind is JsonValueKind.Array or JsonValueKind.Object ? root.Clone() : null;
    }

    // Lists where the columns are those of the signature, or have no names; else objects.
    private static JsonElement? ByName(JsonElement data, JsonElement columns, IReadOnlyList<string>? names)
    {
        string[] given = columns.ValueKind == JsonValueKind.Array && columns.EnumerateArray().All(column => column.ValueKind == JsonValueKind.String)
            ? [.. columns.EnumerateArray().Select(column => column.GetString()!)]
            : [];
        if (given.Length == 0 || (names is not null && names.SequenceEqual(given, StringComparer.Ordinal)))
        {
            return data.Clone();
        }

        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartArray();
            foreach (var row in data.EnumerateArray())
            {
                if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != given.Length)
                {
                    return null;
                }

                writer.WriteStartObject();
                foreach (var (name, cell) in given.Zip(row.EnumerateArray()))
                {
                    writer.WritePropertyName(name);
                    cell.WriteTo(writer);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }
}
