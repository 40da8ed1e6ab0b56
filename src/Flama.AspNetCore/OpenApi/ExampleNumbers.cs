using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Makes numbers of an example such that the document's library writes them as they are.</summary>
/// <remarks>It writes what fits a decimal as one: 1e-300 would be 0, and the last digits of 1e-20 would be lost.</remarks>
internal static class ExampleNumbers
{
    /// <summary>The same value; nodes may be new.</summary>
    public static JsonNode? Keep(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Keep(item?.DeepClone()))]);
            case JsonObject members:
                return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Keep(member.Value?.DeepClone()))));
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                var text = value.ToJsonString();
                var isExact = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
                    && string.Equals(exact.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
                return isExact ? value : JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture));
            default:
                return node;
        }
    }
}
