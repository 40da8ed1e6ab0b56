using System.Buffers;
using System.Text.Json;
using Flama.Packaging;

namespace Flama.Hosting.Repository;

/// <summary>The file <c>versions.json</c> of a model's directory: which version is the default, which ones labels name, which are served. Immutable.</summary>
/// <param name="Default">The version at <c>/{name}/</c>; null for the newest that the policy serves.</param>
/// <param name="Previous">Defaults before it, the last one first, for rolling back.</param>
/// <param name="Labels">Versions by label.</param>
/// <param name="Policy">Which versions are served; null for the repository's policy.</param>
internal sealed record VersionPins(string? Default, IReadOnlyList<string> Previous, IReadOnlyDictionary<string, string> Labels, VersionPolicy? Policy)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "versions.json";

    private const int MaxBytes = 64 << 10;
    private const int MaxPrevious = 10;

    /// <summary>No such file.</summary>
    public static VersionPins None { get; } = new(null, [], new Dictionary<string, string>(StringComparer.Ordinal), null);

    /// <summary>Reads the file of a directory.</summary>
    /// <returns>What it says, <see cref="None"/> where there is none, with what is wrong with it.</returns>
    public static (VersionPins Pins, string? Fault) Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            if (!File.Exists(path))
            {
                return (None, null);
            }

            if (new FileInfo(path).Length > MaxBytes)
            {
                return (None, $"{FileName} is larger than {MaxBytes} bytes");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return (None, $"{FileName} cannot be read");
        }
    }

    /// <summary>The pins with another default, which remember the one before.</summary>
    public VersionPins Promote(string version, string? before) => this with
    {
        Default = version,
        Previous = before is null || before == version ? Previous : [before, .. Previous.Take(MaxPrevious - 1)],
    };

    /// <summary>Writes the file.</summary>
    /// <returns>False when the directory cannot be written.</returns>
    public bool TryWrite(string directory)
    {
        try
        {
            using var file = AtomicFile.Create(Path.Combine(directory, FileName));
            file.Stream.Write(ToJson().Span);
            file.Commit();
            return true;
        }
        catch (Exception failure) when (failure is FlamaException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static (VersionPins Pins, string? Fault) Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (None, $"{FileName} is not an object");
        }

        string? chosen = null;
        VersionPolicy? policy = null;
        List<string> previous = [];
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name, member.Value.ValueKind)
            {
                case ("default", JsonValueKind.String):
                    chosen = member.Value.GetString();
                    break;
                case ("default", JsonValueKind.Null):
                    break;
                case ("previous", JsonValueKind.Array):
                    previous.AddRange(member.Value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).Take(MaxPrevious));
                    break;
                case ("labels", JsonValueKind.Object):
                    foreach (var label in member.Value.EnumerateObject())
                    {
                        if (!VersionName.IsLabel(label.Name) || label.Value.ValueKind != JsonValueKind.String)
                        {
                            return (None, $"{FileName} has a label that is none: letters, digits, '.', '-' and '_', and not a version");
                        }

                        labels[label.Name] = label.Value.GetString()!;
                    }

                    break;
                case ("policy", JsonValueKind.String) when VersionPolicy.TryParse(member.Value.GetString()!, out var parsed):
                    policy = parsed;
                    break;
                default:
                    return (None, $"{FileName} has '{SafeText.OneLine(member.Name, 40)}' in a form that it does not take");
            }
        }

        return (new(chosen, previous, labels, policy), null);
    }

    private ReadOnlyMemory<byte> ToJson()
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("default"u8, Default);
            json.WriteStartArray("previous"u8);
            foreach (var version in Previous)
            {
                json.WriteStringValue(version);
            }

            json.WriteEndArray();
            json.WriteStartObject("labels"u8);
            foreach (var (label, version) in Labels)
            {
                json.WriteString(label, version);
            }

            json.WriteEndObject();
            if (Policy is not null)
            {
                json.WriteString("policy"u8, Policy.ToString());
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
