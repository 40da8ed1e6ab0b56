using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>Writes a configuration file to begin with: the defaults, and a model to fill in.</summary>
internal static class ConfigTemplate
{
    private static readonly Setting[] Simple = [ServerSettings.Host, ServerSettings.Port];

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file: YAML when its name ends so, else JSON.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isFull">Every option of the server, or only host and port.</param>
    /// <param name="isForced">Whether a file that is there is overwritten.</param>
    /// <exception cref="FlamaException">There is one, or it cannot be written.</exception>
    public static void Write(string path, bool isFull, bool isForced)
    {
        var content = Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML" ? Yaml(isFull) : Json(isFull);
        try
        {
            using FileStream file = new(path, isForced ? FileMode.Create : FileMode.CreateNew);
            file.Write(Encoding.UTF8.GetBytes(content));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw !isForced && Path.Exists(path)
                ? new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"'{Path.GetFullPath(path)}' exists and is not overwritten.",
                    $"Name another file, or add {ConfigSettings.Force.Name}.",
                    exception)
                : new FlamaException(
                    ErrorCodes.FileUnwritable,
                    $"'{Path.GetFullPath(path)}' cannot be written.",
                    "Check that the folder exists and may be written to.",
                    exception);
        }
    }

    /// <summary>The file in JSON.</summary>
    public static string Json(bool isFull)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, Layout))
        {
            writer.WriteStartObject();
            foreach (var section in new[] { ConfigKeys.App, ConfigKeys.Server })
            {
                writer.WriteStartObject(section);
                foreach (var (name, value) in Values(section, isFull))
                {
                    writer.WritePropertyName(name);
                    WriteValue(writer, value);
                }

                if (section == ConfigKeys.App)
                {
                    writer.WriteStartArray("models");
                    writer.WriteStartObject();
                    foreach (var (key, text) in Model)
                    {
                        writer.WriteString(key, text);
                    }

                    writer.WriteEndObject();
                    writer.WriteEndArray();
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan) + "\n";
    }

    /// <summary>The file in YAML. Scalars of JSON are scalars of YAML.</summary>
    public static string Yaml(bool isFull)
    {
        StringBuilder text = new();
        foreach (var section in new[] { ConfigKeys.App, ConfigKeys.Server })
        {
            text.Append(section).Append(":\n");
            foreach (var (name, value) in Values(section, isFull))
            {
                ArrayBufferWriter<byte> scalar = new();
                using (Utf8JsonWriter writer = new(scalar, Layout))
                {
                    WriteValue(writer, value);
                }

                text.Append("  ").Append(name).Append(": ").Append(Encoding.UTF8.GetString(scalar.WrittenSpan)).Append('\n');
            }

            if (section == ConfigKeys.App)
            {
                text.Append("  models:\n");
                foreach (var (key, value) in Model)
                {
                    text.Append(key == ModelKeys.Url ? "    - " : "      ").Append(key).Append(": \"").Append(value).Append("\"\n");
                }
            }
        }

        return text.ToString();
    }

    private static IReadOnlyList<(string Key, string Text)> Model { get; } = [(ModelKeys.Url, "/"), (ModelKeys.Path, "model.flm"), (ModelKeys.Name, "model")];

    // What has no effect here is left out: the file has to start without a warning.
    private static IEnumerable<(string Name, object? Value)> Values(string section, bool isFull) =>
        from pair in ConfigKeys.Settings
        where pair.Key.StartsWith($"{section}.", StringComparison.Ordinal)
            && (section == ConfigKeys.App || (isFull ? !pair.Value.IsForeign : Simple.Contains(pair.Value)))
        select (pair.Key[(section.Length + 1)..], pair.Value == ServerSettings.UseColors ? null : pair.Value.DefaultValue);

    /// <summary>Writes the value of a setting.</summary>
    public static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
