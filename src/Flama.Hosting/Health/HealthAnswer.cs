using System.Buffers;
using System.Text.Json;
using Flama.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flama.Hosting.Health;

/// <summary>The answer to a question about an application.</summary>
/// <param name="Status">The status.</param>
/// <param name="IsStopping">Whether it is unhealthy because it stops.</param>
/// <param name="Models">The models; null where they were not asked for.</param>
internal sealed record HealthAnswer(HealthStatus Status, bool IsStopping, IReadOnlyList<ModelHealth>? Models)
{
    /// <summary>The process answers.</summary>
    public static readonly HealthAnswer Healthy = new(HealthStatus.Healthy, IsStopping: false, Models: null);

    /// <summary>Other checks of the application by name; empty for none.</summary>
    public IReadOnlyList<KeyValuePair<string, HealthStatus>> Checks { get; init; } = [];

    /// <summary>The HTTP status: 200, or 503 when unhealthy.</summary>
    public int HttpStatus => Status == HealthStatus.Unhealthy ? 503 : 200;

    /// <summary>The document, UTF-8.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output, JsonOutput.Compact))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, NameOf(Status));
            if (IsStopping)
            {
                json.WriteString("reason"u8, "stopping"u8);
            }

            if (Models is not null)
            {
                json.WriteStartArray("models"u8);
                foreach (var model in Models)
                {
                    Write(json, model);
                }

                json.WriteEndArray();
            }

            if (Checks.Count > 0)
            {
                json.WriteStartObject("checks"u8);
                foreach (var (name, status) in Checks)
                {
                    json.WriteString(name, NameOf(status));
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, ModelHealth model)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, model.Name);
        json.WriteString("state"u8, model.StateName);
        json.WriteBoolean("required"u8, model.IsRequired);
        json.WriteString("id"u8, model.Metadata?.Id);
        json.WriteString("version"u8, model.Version ?? model.Metadata?.Version);
        var shown = model.HidesInternals ? null : model.Metadata;
        json.WriteString("framework"u8, shown?.Framework);
        json.WriteString("framework_version"u8, shown?.FrameworkVersion);
        json.WriteString("class"u8, shown?.ModelClass);
        if (model.Features is { } features)
        {
            json.WriteNumber("features"u8, features);
        }
        else
        {
            json.WriteNull("features"u8);
        }

        json.WriteString("last_error"u8, model.LastError);
        json.WriteEndObject();
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
