using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flama.AspNetCore.Errors;

namespace Flama.AspNetCore.JsonRpc;

/// <summary>Reads the parameters of a call.</summary>
internal static class JsonRpcParameters
{
    /// <summary>Reads them.</summary>
    /// <exception cref="JsonRpcException">They are not what the method takes (−32602).</exception>
    public static T Read<T>(JsonElement parameters, JsonTypeInfo<T> type)
    {
        try
        {
            if (parameters.ValueKind == JsonValueKind.Undefined && type.Kind != JsonTypeInfoKind.Object)
            {
                throw Invalid("'params' is missing.");
            }

            var value = Named(parameters, type) is { } named
                ? JsonSerializer.Deserialize(named, type)
                : parameters.Deserialize(type);
            return value ?? throw Invalid("'params' is null.");
        }
        catch (JsonException failure)
        {
            throw Invalid(BindingProblem.Of(failure).Message.Replace("The body", "'params'", StringComparison.Ordinal).Replace("the body", "'params'", StringComparison.Ordinal));
        }
    }

    // Nothing is an object without members; a list is one by the order of the properties.
    private static byte[]? Named<T>(JsonElement parameters, JsonTypeInfo<T> type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return null;
        }

        if (parameters.ValueKind == JsonValueKind.Undefined)
        {
            return "{}"u8.ToArray();
        }

        if (parameters.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        if (parameters.GetArrayLength() > type.Properties.Count)
        {
            throw Invalid($"'params' has {parameters.GetArrayLength()} values, and the method takes {type.Properties.Count}.");
        }

        ArrayBufferWriter<byte> named = new();
        using Utf8JsonWriter json = new(named);
        json.WriteStartObject();
        var next = 0;
        foreach (var value in parameters.EnumerateArray())
        {
            json.WritePropertyName(type.Properties[next++].Name);
            json.WriteRawValue(value.GetRawText());
        }

        json.WriteEndObject();
        json.Flush();
        return named.WrittenSpan.ToArray();
    }

    private static JsonRpcException Invalid(string message) => new(JsonRpcErrors.InvalidParams, message);
}
