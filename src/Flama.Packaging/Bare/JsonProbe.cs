using System.Text.Json;
using System.Text.Unicode;

namespace Flama.Packaging.Bare;

/// <summary>Tells JSON documents by the keys of their outermost object, as far as a first piece of the text goes.</summary>
internal static class JsonProbe
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512, AllowTrailingCommas = true };

    private static readonly (string[] Keys, ModelFormat Format)[] Table =
    [
        (["learner"], ModelFormats.XGBoostJson),
        (["Model", "Config"], ModelFormats.XGBoostJson),
        (["tree_info"], ModelFormats.LightGbmJson),
        (["num_tree_per_iteration"], ModelFormats.LightGbmJson),
        (["oblivious_trees"], ModelFormats.CatBoostJson),
        (["features_info"], ModelFormats.CatBoostJson),
        (["ctr_data"], ModelFormats.CatBoostJson),
        (["cells"], ModelFormats.Notebook),
        (["nbformat"], ModelFormats.Notebook),
        (["worksheets", "metadata"], ModelFormats.Notebook),
        (["modelTopology"], ModelFormats.TensorFlowJs),
        (["weightsManifest"], ModelFormats.TensorFlowJs),
        (["class_name", "config"], ModelFormats.KerasConfig),
    ];

    /// <summary>Tells what a text is; null when it is not JSON.</summary>
    /// <param name="text">The text, or its first piece.</param>
    public static ModelFormat? Recognize(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(Options));
            return !reader.Read() ? null
                : reader.TokenType == JsonTokenType.StartArray ? OfArray(ref reader)
                : reader.TokenType == JsonTokenType.StartObject ? OfObject(ref reader)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ModelFormat? OfObject(ref Utf8JsonReader reader)
    {
        HashSet<string> keys = [];
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.ValueIsEscaped || reader.ValueSpan.Length > 64 || !Utf8.IsValid(reader.ValueSpan) ? "" : reader.GetString()!;
                keys.Add(key);
                if (Find(keys) is { } format)
                {
                    return format;
                }

                // XGBoost writes its version, an array, after or before the learner, which may be longer than the piece.
                if (!reader.Read() || (key == "version" && keys.Count == 1 && reader.TokenType == JsonTokenType.StartArray))
                {
                    return key == "version" ? ModelFormats.XGBoostJson : Rest(keys);
                }

                if (!reader.TrySkip())
                {
                    return Rest(keys);
                }
            }
        }
        catch (JsonException) when (keys.Count > 1)
        {
            // It began as JSON does; whoever reads it as such tells where it stops being it.
        }

        return Rest(keys);
    }

    // Dumps of XGBoost are an array of trees.
    private static ModelFormat OfArray(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
            && reader.ValueTextEquals("nodeid"u8)
            ? ModelFormats.XGBoostDump
            : ModelFormats.Json;

    private static ModelFormat? Find(HashSet<string> keys)
    {
        foreach (var (needed, format) in Table)
        {
            if (needed.All(keys.Contains))
            {
                return format;
            }
        }

        return null;
    }

    private static ModelFormat? Rest(HashSet<string> keys) =>
        keys.Count == 0 ? null
        : keys.Contains("Model") || keys.Contains("Config") ? ModelFormats.XGBoostJson
        : ModelFormats.Json;
}
