using System.Text.Json;
using Flama.Json;
using Flama.Packaging.Bare;
using Flama.Packaging.Reading;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Folders;

/// <summary>A folder with one model file and a <c>metadata.json</c> that names its columns and classes, as people write them by hand.</summary>
/// <param name="ModelPath">The model file.</param>
/// <param name="Columns">The names of the columns; null where they are not told.</param>
/// <param name="Classes">The names of the classes in the order of the model's own; null where they are not told.</param>
internal sealed record ModelFolder(string ModelPath, IReadOnlyList<string>? Columns, IReadOnlyList<string>? Classes)
{
    private const string MetadataName = "metadata.json";
    private const int MaxMetadataBytes = 1 << 20;

    private static readonly string[] ColumnKeys = ["feature_names", "feature_names_in", "features", "feature_columns", "input_features", "columns"];
    private static readonly string[] ClassKeys = ["class_names", "classes", "target_names", "class_labels", "labels"];

    /// <summary>Finds the model of a folder; null where it has no <c>metadata.json</c>, no model file, or is a model of a library that keeps several files.</summary>
    /// <param name="file">Its name and limits.</param>
    /// <param name="path">Where it is.</param>
    /// <exception cref="FlamaException">It has several model files, or the document is not what it should be.</exception>
    public static ModelFolder? Find(PackageFile file, string path)
    {
        var metadata = Path.Combine(path, MetadataName);
        if (!File.Exists(metadata))
        {
            return null;
        }

        var paths = DirectoryReader.List(file, path);
        if (TreeProbe.Recognize(paths) is not null)
        {
            return null;
        }

        var models = paths.FindAll(candidate => !candidate.Contains('/', StringComparison.Ordinal) && TreeProbe.IsModelName(candidate));
        return models switch
        {
            [] => null,
            [var only] => Read(file, Path.Combine(path, only), metadata),
            _ => throw Several(file, models),
        };
    }

    private static ModelFolder Read(PackageFile file, string model, string metadata)
    {
        try
        {
            using var stream = ByteSources.OpenFile(metadata, MetadataName);
            if (stream.Length > MaxMetadataBytes)
            {
                throw file.Corrupt($"its {MetadataName} has {stream.Length} bytes");
            }

            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var document = PythonJson.Parse(content);
            return new(model, Names(file, document, ColumnKeys), Names(file, document, ClassKeys));
        }
        catch (JsonException exception)
        {
            throw new FlamaException(
                ErrorCodes.Corrupt,
                $"'{file.Name}' has a {MetadataName} that is not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.",
                "Write the file again, or give the path of the model file.",
                exception);
        }
    }

    private static string[]? Names(PackageFile file, JsonElement document, string[] keys)
    {
        foreach (var key in keys)
        {
            if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (NamesOf(value) is not { } names)
            {
                throw new FlamaException(
                    ErrorCodes.Corrupt, $"'{file.Name}' has a {MetadataName} whose '{key}' is not a list of names.", $"Write the names in order: \"{key}\": [\"a\", \"b\"].");
            }

            return names;
        }

        return null;
    }

    // A list of names, of objects with a name, or an object from the number of each class, or column, to its name.
    private static string[]? NamesOf(JsonElement value)
    {
        var items = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Select(NameOf).ToArray(),
            JsonValueKind.Object => [.. Enumerable.Range(0, value.GetPropertyCount()).Select(i => value.TryGetProperty($"{i}", out var name) ? NameOf(name) : null)],
            _ => [],
        };
        return items.Length > 0 && items.OfType<string>().Distinct(StringComparer.Ordinal).Count() == items.Length ? [.. items.OfType<string>()] : null;
    }

    private static string? NameOf(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Number => item.GetRawText(),
        JsonValueKind.Object when item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String => name.GetString(),
        _ => null,
    };

    private static FlamaException Several(PackageFile file, List<string> models)
    {
        var shown = string.Join(", ", models.Take(5).Select(name => $"'{SafeText.OneLine(name, 100)}'"));
        return new(
            ErrorCodes.UnsupportedFormat,
            $"'{file.Name}' holds {models.Count} model files ({shown}{(models.Count > 5 ? ", …" : "")}), and nothing tells which of them rows go through first.",
            "Chain them: flama package MODEL --before SCALER -o model.flm. Or give the path of the one file.");
    }
}
