using System.Text.Json;
using Flama.Hosting;
using Flama.Hosting.Health;

namespace Flama.AspNetCore.Admin;

/// <summary>Models that are not of a repository, as JSON of the same form.</summary>
internal static class ServedJson
{
    /// <summary>Writes a model, an object.</summary>
    public static void Write(Utf8JsonWriter json, ServedModel model)
    {
        var health = ModelHealth.Of(model, isRequired: true);
        json.WriteStartObject();
        json.WriteString("name"u8, model.Name);
        json.WriteString("default"u8, health.Metadata?.Version);
        json.WriteString("id"u8, health.Metadata?.Id);
        json.WriteString("state"u8, health.StateName);
        json.WriteNumber("replacements"u8, model.Replacements);
        json.WriteString("last_error"u8, health.LastError);
        json.WriteEndObject();
    }
}
