using System.Buffers;
using System.Text.Json;
using Flama.Hosting;
using Flama.Hosting.Predictions;

namespace Flama.AspNetCore.Statistics;

/// <summary>Writes what models were asked as JSON.</summary>
internal static class StatisticsDocument
{
    private const int Decimals = 3;

    /// <summary>Writes the document, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(PredictionStatistics statistics)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter json = new(output);
        json.WriteStartObject();
        json.WriteString("started"u8, statistics.Started.UtcDateTime);
        json.WriteNumber("uptime_s"u8, Math.Round(statistics.Uptime.TotalSeconds, Decimals));
        json.WriteStartArray("models"u8);
        foreach (var model in statistics.Models)
        {
            WriteModel(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void WriteModel(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, model.Name);
        json.WriteNumber("replacements"u8, model.Replacements);
        json.WriteStartArray("versions"u8);
        foreach (var version in model.Record.Versions.Reverse())
        {
            WriteVersion(json, version);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, VersionRecord version)
    {
        MethodFigures[] methods = [.. version.Methods.Select(method => method.Read())];
        json.WriteStartObject();
        json.WriteString("id"u8, version.Id);
        json.WriteString("version"u8, version.Version);
        json.WriteString("digest"u8, version.Digest);
        WriteRequests(json, methods.Sum(method => method.Succeeded), methods.Sum(method => method.Failed), methods.Sum(method => method.AllRows));
        json.WriteStartObject("errors_by_code"u8);
        foreach (var (code, count) in version.Errors.OrderBy(error => error.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(code, count);
        }

        json.WriteEndObject();
        var latencies = new long[LogScale.Durations];
        foreach (var method in methods)
        {
            for (var i = 0; i < latencies.Length; i++)
            {
                latencies[i] += method.Latencies[i];
            }
        }

        WriteLatency(json, latencies);
        json.WriteStartArray("methods"u8);
        foreach (var method in methods)
        {
            WriteMethod(json, method);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMethod(Utf8JsonWriter json, MethodFigures method)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, method.Name);
        WriteRequests(json, method.Succeeded, method.Failed, method.AllRows);
        WriteLatency(json, method.Latencies);
        json.WriteStartObject("mean_ms"u8);
        WriteMean(json, "total"u8, method.Total, method.Requests);
        WriteMean(json, "read"u8, method.Read, method.Requests);
        WriteMean(json, "predict"u8, method.Predict, method.Runs);
        WriteMean(json, "write"u8, method.Write, method.Runs + method.Cached.Requests);
        json.WriteEndObject();
        WriteAnswers(json, method.Form, method.Answers);
        if (method.Cached.Requests > 0)
        {
            json.WriteStartObject("cached"u8);
            json.WriteNumber("requests"u8, method.Cached.Requests);
            json.WriteNumber("rows"u8, method.Cached.Rows);
            WriteLatency(json, method.Cached.Latencies);
            WriteAnswers(json, method.Form, method.Cached.Answers);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRequests(Utf8JsonWriter json, long succeeded, long failed, long rows)
    {
        json.WriteNumber("requests"u8, succeeded + failed);
        json.WriteNumber("errors"u8, failed);
        json.WriteNumber("error_rate"u8, succeeded + failed == 0 ? 0 : Math.Round((double)failed / (succeeded + failed), 6));
        json.WriteNumber("rows"u8, rows);
    }

    private static void WriteLatency(Utf8JsonWriter json, long[] counts)
    {
        json.WriteStartObject("latency_ms"u8);
        WriteNumber(json, "p50"u8, Quantiles.OfDurations(counts, 0.5)?.TotalMilliseconds);
        WriteNumber(json, "p95"u8, Quantiles.OfDurations(counts, 0.95)?.TotalMilliseconds);
        WriteNumber(json, "p99"u8, Quantiles.OfDurations(counts, 0.99)?.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static void WriteMean(Utf8JsonWriter json, ReadOnlySpan<byte> name, TimeSpan sum, long count) => WriteNumber(json, name, count == 0 ? null : sum.TotalMilliseconds / count);

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, Decimals));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteAnswers(Utf8JsonWriter json, AnswerForm form, long[] answers)
    {
        switch (form.Kind)
        {
            case AnswerKind.Classes:
                json.WriteStartObject("classes"u8);
                for (var i = 0; i < answers.Length; i++)
                {
                    if (i < form.Classes || answers[i] > 0)
                    {
                        json.WriteNumber(form.NameOf(i), answers[i]);
                    }
                }

                json.WriteEndObject();
                break;
            case AnswerKind.Numbers:
                json.WriteStartObject("numbers"u8);
                foreach (var (name, share) in new[] { ("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95) })
                {
                    if (Quantiles.OfNumbers(answers, share) is { } number)
                    {
                        json.WriteNumber(name, number);
                    }
                }

                json.WriteEndObject();
                break;
        }
    }
}
