using System.Text.Json;

namespace Flama.Packaging;

/// <summary>How the model of a package is put together, where it is more than its payload: an entry of the metadata's <c>extra</c>.</summary>
/// <param name="Before">The artifacts that hold the models that rows go through first, in order.</param>
/// <param name="ModelKey">Which model of a payload with several; null for its only one.</param>
public sealed record PackageRecipe(IReadOnlyList<string> Before, string? ModelKey)
{
    /// <summary>The names of the columns, where the model does not tell them; null for none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The names of the classes, where the model only numbers them; null for none.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The method that is meant by <c>predict</c>; null for the model's own.</summary>
    public string? PredictMethod { get; init; }

    /// <summary>What the tensors look like that the model takes, where its file does not tell; often none.</summary>
    public IReadOnlyList<InputShape> InputShapes { get; init; } = [];

    /// <summary>The artifacts that hold the files that belong to the payload, and the path of each beside it; often none.</summary>
    public IReadOnlyDictionary<string, string> SideFiles { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => Before.Count == 0 && ModelKey is null && Columns is null && Classes is null && PredictMethod is null && SideFiles.Count == 0 && InputShapes.Count == 0;

    /// <summary>The entry's name in <c>extra</c>.</summary>
    public const string Name = "recipe";

    private const string BeforeName = "before", KeyName = "model_key", ColumnsName = "columns", ClassesName = "classes", PredictName = "predict", SideName = "side_files", ShapesName = "input_shapes";
    private const int MaxSteps = 64;

    /// <summary>Reads the entry; null when there is none.</summary>
    /// <exception cref="FlamaException">It is not as <see cref="AddTo"/> writes it.</exception>
    public static PackageRecipe? Read(ModelMetadata? metadata)
    {
        if (metadata?.Extra is not { ValueKind: JsonValueKind.Object } extra || !extra.TryGetProperty(Name, out var recipe) || recipe.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var before = Texts(recipe, BeforeName) ?? [];
        if (before.Length > MaxSteps)
        {
            throw Wrong();
        }

        return new(before, Text(recipe, KeyName))
        {
            Columns = Texts(recipe, ColumnsName),
            Classes = Texts(recipe, ClassesName),
            PredictMethod = Text(recipe, PredictName),
            SideFiles = Paths(recipe),
            InputShapes = [.. (Texts(recipe, ShapesName) ?? []).Select(static text => InputShape.TryParse(text, out var shape) ? shape : throw Wrong())],
        };
    }

    /// <summary>The metadata's <c>extra</c> with the entry.</summary>
    /// <param name="extra">What else is in it; null for nothing.</param>
    public JsonElement AddTo(JsonElement? extra)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in extra is { ValueKind: JsonValueKind.Object } given ? given.EnumerateObject() : default)
            {
                if (member.Name != Name)
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteStartObject(Name);
            Write(writer, BeforeName, Before);
            Write(writer, KeyName, ModelKey);
            Write(writer, PredictName, PredictMethod);
            Write(writer, ColumnsName, Columns);
            Write(writer, ClassesName, Classes);
            Write(writer, ShapesName, InputShapes.Count == 0 ? null : [.. InputShapes.Select(static shape => shape.ToString())]);
            if (SideFiles.Count > 0)
            {
                writer.WriteStartObject(SideName);
                foreach (var (artifact, path) in SideFiles)
                {
                    writer.WriteString(artifact, path);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string? Text(JsonElement recipe, string name) => recipe.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private static string[]? Texts(JsonElement recipe, string name) => recipe.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong())]
        : null;

    private static Dictionary<string, string> Paths(JsonElement recipe)
    {
        Dictionary<string, string> paths = new(StringComparer.Ordinal);
        foreach (var member in recipe.TryGetProperty(SideName, out var found) && found.ValueKind == JsonValueKind.Object ? found.EnumerateObject() : default)
        {
            paths[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw Wrong();
        }

        return paths;
    }

    private static FlamaException Wrong() =>
        new(ErrorCodes.Corrupt, $"The package's extra.{Name} is not a list of artifacts and a key.", "Make the package again: flama package MODEL --before STEP.");
}
