using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flama.AspNetCore.Logging;

/// <summary>One JSON object per line: timestamp (UTC, ISO 8601), level, logger, message, and fields and exception where there are any.</summary>
public sealed class JsonLogFormatter() : LogFormatter("json")
{
    // Line ends and control characters are escaped in any case; letters of all languages are not.
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override string Format(LogEvent entry)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, Layout))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("level", LogLevels.Word(entry.Level));
            writer.WriteString("logger", entry.Logger);
            writer.WriteString("message", entry.Message);
            if (entry.Fields.Count > 0)
            {
                writer.WriteStartObject("fields");
                foreach (var (name, value) in entry.Fields)
                {
                    writer.WritePropertyName(name);
                    WriteValue(writer, value);
                }

                writer.WriteEndObject();
            }

            if (entry.Exception is { } exception)
            {
                writer.WriteString("exception", exception.ToString());
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or long or short or byte:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, long> counts:
                writer.WriteStartObject();
                foreach (var (name, count) in counts)
                {
                    writer.WriteNumber(name, count);
                }

                writer.WriteEndObject();
                break;
            case IReadOnlyList<string> list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    writer.WriteStringValue(item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
