using System.Text.Json.Nodes;

namespace Flama.Hosting.Examples;

/// <summary>Values of rows in JSON.</summary>
internal static class ScalarJson
{
    /// <summary>The value in JSON; null for what JSON does not have.</summary>
    public static JsonNode? ToNode(Scalar value) => value.Kind switch
    {
        ScalarKind.Boolean => JsonValue.Create(value.Integer != 0),
        ScalarKind.Integer => JsonValue.Create(value.Integer),
        ScalarKind.Float when double.IsFinite(value.Number) => JsonValue.Create(value.Number),
        ScalarKind.Text => JsonValue.Create(value.Text),
        _ => null,
    };
}
