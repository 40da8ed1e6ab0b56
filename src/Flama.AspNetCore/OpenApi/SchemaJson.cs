using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>A schema as plain JSON, for keywords that the document library does not know and writes as they are.</summary>
internal static class SchemaJson
{
    public static JsonNode Of(OpenApiSchema schema)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        schema.SerializeAsV31(new OpenApiJsonWriter(text));
        return JsonNode.Parse(text.ToString())!;
    }
}
