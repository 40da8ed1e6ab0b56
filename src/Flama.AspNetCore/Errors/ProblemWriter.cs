using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Errors;

/// <summary>Writes a <see cref="Problem"/> as <c>application/problem+json</c>.</summary>
internal static class ProblemWriter
{
    /// <summary>The content type of plain JSON.</summary>
    public const string PlainType = "application/json";

    public const string ContentType = "application/problem+json";

    /// <summary>The content type for a request: plain JSON where its <c>Accept</c> names that and neither problems nor anything at all.</summary>
    public static string ContentTypeFor(HttpRequest request)
    {
        var isPlain = false;
        foreach (var value in request.Headers.Accept)
        {
            foreach (var range in (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var type = range.AsSpan(0, range.IndexOf(';') is >= 0 and var end ? end : range.Length).Trim();
                if (type.Equals(ContentType, StringComparison.OrdinalIgnoreCase) || type is "*/*" or "application/*")
                {
                    return ContentType;
                }

                isPlain |= type.Equals(PlainType, StringComparison.OrdinalIgnoreCase);
            }
        }

        return isPlain ? PlainType : ContentType;
    }

    public static void Write(Utf8JsonWriter writer, Problem problem)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, problem.Type);
        writer.WriteString("title"u8, problem.Title);
        writer.WriteNumber("status"u8, problem.Status);
        writer.WriteString("detail"u8, problem.Detail);
        writer.WriteStartArray("errors"u8);
        foreach (var error in problem.Errors)
        {
            WriteError(writer, error);
        }

        writer.WriteEndArray();
        if (problem.Part is { } part)
        {
            writer.WriteNumber(part.Unit, part.Number);
        }

        if (problem.CorrelationId is not null)
        {
            writer.WriteString("correlation_id"u8, problem.CorrelationId);
        }

        writer.WriteNumber("status_code"u8, problem.Status);
        writer.WriteString("error"u8, problem.Error);
        writer.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter writer, InputProblem error)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("loc"u8);
        WritePlace(writer, error);
        writer.WriteEndArray();
        writer.WriteString("msg"u8, error.Message);
        writer.WriteString("type"u8, error.Type);
        if (error.FeatureName is { } name)
        {
            writer.WriteString("feature"u8, name);
        }

        if (error.Rule is not null)
        {
            writer.WriteString("rule"u8, error.Rule);
            writer.WritePropertyName("bound"u8);
            writer.WriteRawValue(error.Bound!, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    // Rows of features are in the member "input"; members of a record stand for themselves, behind the place of the record in a list.
    private static void WritePlace(Utf8JsonWriter writer, InputProblem error)
    {
        if (error.Name is null)
        {
            writer.WriteStringValue("input"u8);
        }

        if (error.Row is { } row)
        {
            writer.WriteNumberValue(row);
        }

        if (error.Name is not null)
        {
            writer.WriteStringValue(error.Name);
        }
        else if (error.Row is not null && error.Feature is { } feature)
        {
            writer.WriteNumberValue(feature);
        }
    }
}
