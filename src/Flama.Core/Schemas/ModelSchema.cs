using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Schemas;

/// <summary>What the rows of a model have to be beyond their types: a JSON Schema of one row, or of a list of rows. Immutable and thread-safe.</summary>
/// <remarks>
/// Features go by name (<c>properties</c>) or by position (<c>prefixItems</c>, <c>items</c>). Rules: <c>type</c>, <c>nullable</c>, <c>enum</c>, <c>const</c>, <c>minimum</c>,
/// <c>maximum</c>, <c>exclusiveMinimum</c>, <c>exclusiveMaximum</c>, <c>multipleOf</c>, <c>minLength</c>, <c>maxLength</c>, <c>pattern</c>; <c>$ref</c> within the document, and a choice
/// between null and something else. <c>x-sensitive</c> keeps values out of messages. Patterns are matched without backtracking. Other assertions of JSON Schema are refused;
/// annotations are ignored.
/// </remarks>
public sealed class ModelSchema
{
    /// <summary>The artifact of a package that holds its schema, and the member of <c>extra</c> without the ending.</summary>
    public const string ArtifactName = "schema.json";

    private const int MaxBytes = 4 << 20;
    private const int MaxDepth = 64;

    private readonly SchemaReader reader;
    private readonly Dictionary<string, FeatureRule> names = new(StringComparer.Ordinal);
    private readonly List<FeatureRule> positions = [];
    private readonly List<string> required = [];
    private FeatureRule? others;
    private bool isClosed;

    private ModelSchema(JsonElement document, string name)
    {
        reader = new SchemaReader(document, name);
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.GetRawText())));
        Read(document, "#", depth: 0);
    }

    /// <summary>SHA-256 of the document's text, hexadecimal: tells schemas apart.</summary>
    public string Digest { get; }

    /// <summary>The rules by feature name; empty where features go by position.</summary>
    public IReadOnlyDictionary<string, FeatureRule> Names => names;

    /// <summary>The rules by position; empty where features go by name.</summary>
    public IReadOnlyList<FeatureRule> Positions => positions;

    /// <summary>The rule of every position that has no other; null for none.</summary>
    public FeatureRule? Others => others;

    /// <summary>Reads a schema.</summary>
    /// <param name="document">The schema.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="FlamaException">It is not a schema of rows, or has rules that are not checked here (<see cref="ErrorCodes.InvalidSchema"/>).</exception>
    public static ModelSchema Parse(JsonElement document, string name = "the schema")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(document, name);
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="json">The schema, UTF-8.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="FlamaException">It is not JSON, not a schema of rows, or has rules that are not checked here (<see cref="ErrorCodes.InvalidSchema"/>).</exception>
    public static ModelSchema Parse(ReadOnlyMemory<byte> json, string name = "the schema")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (json.Length > MaxBytes)
        {
            throw new FlamaException(ErrorCodes.InvalidSchema, $"# of {name} is larger than {MaxBytes} bytes.", "Leave rules out.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new(document.RootElement.Clone(), name);
        }
        catch (JsonException failure)
        {
            throw new FlamaException(
                ErrorCodes.InvalidSchema, $"# of {name} is not JSON (line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}).", "Write the schema as JSON.", failure);
        }
    }

    /// <summary>Reads a schema from a file.</summary>
    /// <exception cref="FlamaException">There is no such file, it cannot be read, or it is not such a schema.</exception>
    public static ModelSchema Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(File.ReadAllBytes(path), $"'{Path.GetFileName(path)}'");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw MissingFile.Named("schema", path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(ErrorCodes.FileUnreadable, $"The schema '{path}' cannot be read.", "Check that it is a file, and its permissions.", failure);
        }
    }

    /// <summary>Compiles the rules for what a method takes; null for a feature without one.</summary>
    /// <param name="spec">Rows of known features.</param>
    /// <exception cref="FlamaException">A rule is for a feature that the model does not have (<see cref="ErrorCodes.InvalidSchema"/>).</exception>
    internal CellCheck?[] For(TableSpec spec)
    {
        var features = spec.Features;
        foreach (var word in names.Keys.Concat(required))
        {
            if (!features.Any(feature => feature.Name == word))
            {
                throw Unknown(spec, word);
            }
        }

        if (positions.Count > features.Count)
        {
            throw reader.Wrong("#/prefixItems", $"has {positions.Count} features, and the model takes {features.Count}");
        }

        if (isClosed && spec.SelectsByName)
        {
            throw reader.Wrong("#/additionalProperties", "cannot be checked: the model picks its features by name and does not look at others", "Leave it out.");
        }

        return [.. features.Select((feature, i) => RuleOf(feature, i) is { } rule && (!rule.IsEmpty || rule.IsSensitive || rule.Description is not null) ? new CellCheck(rule, reader.PatternOf(rule, "#")) : null)];
    }

    private FlamaException Unknown(TableSpec spec, string word)
    {
        if (!spec.HasNames)
        {
            return reader.Wrong($"#/properties/{SafeText.OneLine(word)}", "goes by name, and the model knows no names", "Give the rules by position: prefixItems.");
        }

        var known = spec.Features.Select(feature => feature.Name!).ToArray();
        return reader.Wrong(
            $"#/properties/{SafeText.OneLine(word)}",
            "is not a feature of the model",
            Nearest.To(word, known) is { } near ? $"Did you mean '{near}'?" : $"It has: {Excerpt.List(known, 50)}.");
    }

    private FeatureRule? RuleOf(Feature feature, int position) =>
        feature.Name is { } name && names.TryGetValue(name, out var named) ? named
        : position < positions.Count ? positions[position]
        : others;

    // A row, a list of rows, or a request with the list in its input.
    private void Read(JsonElement given, string place, int depth)
    {
        var schema = reader.Open(given, place, out _);
        reader.CheckKeywords(schema, place, _ => false);
        if (SchemaReader.Find(schema, "properties") is { } properties)
        {
            if (depth == 0 && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Count() == 1
                && SchemaReader.Find(properties, "input") is { ValueKind: JsonValueKind.Object } input && SchemaReader.Find(input, "items") is not null)
            {
                Read(input, $"{place}/properties/input", depth + 1);
                return;
            }

            ReadNames(schema, properties, place);
        }
        else if (SchemaReader.Find(schema, "prefixItems") is { } first)
        {
            ReadPositions(first, $"{place}/prefixItems");
            if (SchemaReader.Find(schema, "items") is { ValueKind: JsonValueKind.Object } rest)
            {
                others = reader.ReadRule(rest, $"{place}/items");
            }
        }
        else if (SchemaReader.Find(schema, "items") is { } items)
        {
            ReadItems(items, $"{place}/items", depth);
        }
        else if (SchemaReader.Find(schema, "type") is { ValueKind: JsonValueKind.String } type && RuleText.TypeOf(type.GetString()) is not null)
        {
            // Of a model of documents: a row is one text.
            others = reader.ReadRule(schema, place);
        }
        else
        {
            throw reader.Wrong(place, "says nothing of features", "Give rules by name in properties, or by position in prefixItems.");
        }
    }

    private void ReadItems(JsonElement items, string place, int depth)
    {
        if (items.ValueKind == JsonValueKind.Array)
        {
            ReadPositions(items, place);
            return;
        }

        var schema = reader.Open(items, place, out _);
        var isRow = SchemaReader.Find(schema, "properties") is not null || SchemaReader.Find(schema, "items") is not null || SchemaReader.Find(schema, "prefixItems") is not null;
        if (isRow && depth < 2)
        {
            Read(schema, place, depth + 1);
        }
        else
        {
            others = reader.ReadRule(schema, place);
        }
    }

    private void ReadNames(JsonElement schema, JsonElement properties, string place)
    {
        if (properties.ValueKind != JsonValueKind.Object)
        {
            throw reader.Wrong($"{place}/properties", "is not an object of features");
        }

        foreach (var property in properties.EnumerateObject())
        {
            names[property.Name] = reader.ReadRule(property.Value, $"{place}/properties/{SafeText.OneLine(property.Name)}");
        }

        if (SchemaReader.Find(schema, "required") is { } list)
        {
            required.AddRange(list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? list.EnumerateArray().Select(item => item.GetString()!)
                : throw reader.Wrong($"{place}/required", "is not a list of names"));
        }

        isClosed = SchemaReader.Find(schema, "additionalProperties") switch
        {
            null or { ValueKind: JsonValueKind.True } => false,
            { ValueKind: JsonValueKind.False } => true,
            _ => throw reader.Wrong($"{place}/additionalProperties", "is a rule that is not checked here", "Name each feature in properties."),
        };
    }

    private void ReadPositions(JsonElement list, string place)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw reader.Wrong(place, "is not a list of rules");
        }

        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            positions.Add(reader.ReadRule(item, $"{place}/{index}"));
        }
    }
}
