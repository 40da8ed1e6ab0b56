using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Predictions;

/// <summary>Writes records of predictions: as lines of JSON, or with the same fields to a logger.</summary>
internal static class PredictionLine
{
    private const string Event = "prediction";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly EventId Id = new(4020, "Prediction");

    // Line ends and control characters are escaped in any case; letters of all languages are not.
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>Writes a line.</summary>
    public static void Write(ArrayBufferWriter<byte> output, PredictionEntry entry, double sampleRate)
    {
        var json = writer ??= new Utf8JsonWriter(output, Layout);
        json.Reset(output);
        json.WriteStartObject();
        json.WriteString("event"u8, Event);
        json.WriteString("time"u8, entry.Time);
        json.WriteString("model"u8, entry.Model);
        json.WriteString("method"u8, entry.Method!.Name);
        json.WriteString("id"u8, entry.Version!.Id);
        json.WriteString("version"u8, entry.Version.Version);
        Write(json, "rows"u8, entry.Rows >= 0 ? entry.Rows : null);
        Write(json, "features"u8, entry.Method.Features);
        json.WriteNumber("status"u8, entry.Status);
        json.WriteNumber("latency_ms"u8, Milliseconds(entry));
        if (entry.IsCached)
        {
            json.WriteBoolean("cached"u8, true);
        }

        WriteCounts(json, entry);
        if (entry.Error is not null)
        {
            json.WriteString("error"u8, entry.Error);
        }

        json.WriteString("correlation_id"u8, entry.CorrelationId);
        if (sampleRate < 1)
        {
            json.WriteNumber("sample_rate"u8, sampleRate);
        }

        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <summary>Logs a record.</summary>
    public static void Write(ILogger logger, PredictionEntry entry, double sampleRate)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        List<KeyValuePair<string, object?>> fields =
        [
            new("event", Event),
            new("time", entry.Time.ToString(TimeFormat, System.Globalization.CultureInfo.InvariantCulture)),
            new("model", entry.Model),
            new("method", entry.Method!.Name),
            new("id", entry.Version!.Id),
            new("version", entry.Version.Version),
            new("rows", entry.Rows >= 0 ? entry.Rows : null),
            new("features", entry.Method.Features),
            new("status", entry.Status),
            new("latency_ms", Milliseconds(entry)),
        ];
        if (entry.IsCached)
        {
            fields.Add(new("cached", true));
        }

        if (entry.Counts.Length > 0)
        {
            Dictionary<string, long> counts = new(StringComparer.Ordinal);
            for (var i = 0; i < entry.Counts.Length; i++)
            {
                if (entry.Counts[i] > 0)
                {
                    counts[NameOf(entry, i)] = entry.Counts[i];
                }
            }

            fields.Add(new(CountsNameOf(entry), counts));
        }

        if (entry.Error is not null)
        {
            fields.Add(new("error", entry.Error));
        }

        fields.Add(new("correlation_id", entry.CorrelationId));
        if (sampleRate < 1)
        {
            fields.Add(new("sample_rate", sampleRate));
        }

        // Text has one line per request too: the fields with their names.
        logger.Log(LogLevel.Information, Id, fields, null, static (state, _) => string.Join(' ', state.Select(field => $"{field.Key}={Shown(field.Value)}")));
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        IReadOnlyDictionary<string, long> counts => string.Join(',', counts.Select(count => $"{count.Key}:{count.Value}")),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static void WriteCounts(Utf8JsonWriter json, PredictionEntry entry)
    {
        var counts = entry.Counts;
        if (counts.IsEmpty)
        {
            return;
        }

        json.WriteStartObject(CountsNameOf(entry));
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                json.WriteNumber(NameOf(entry, i), counts[i]);
            }
        }

        json.WriteEndObject();
    }

    private static string CountsNameOf(PredictionEntry entry) => entry.Method!.Form.Kind == AnswerKind.Classes ? "classes" : "deciles";

    private static string NameOf(PredictionEntry entry, int index) =>
        entry.Method!.Form.Kind == AnswerKind.Classes ? entry.Method.Form.NameOf(index) : DecileNames[index];

    private static readonly string[] DecileNames = [.. Enumerable.Range(1, PredictionEntry.Deciles).Select(decile => decile.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    private static double Milliseconds(PredictionEntry entry) => Math.Round(entry.Latency.TotalMilliseconds, 3);

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
