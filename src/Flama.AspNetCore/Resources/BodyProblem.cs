using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Resources;

/// <summary>Says what is wrong with a body that the framework could not bind, without naming types of the program.</summary>
internal static class BodyProblem
{
    private const string Missing = "missing required properties";

    /// <summary>The failure to answer; null where the request is not a matter of its body's JSON.</summary>
    public static FlamaException? Of(BadHttpRequestException failure)
    {
        if (failure.InnerException is not JsonException json)
        {
            return null;
        }

        // The reader's own exceptions are of a type below this one, and come as the cause of the deserializer's.
        if (json.GetType() != typeof(JsonException) || json.InnerException is JsonException)
        {
            return new(ErrorCodes.MalformedJson, $"The body is not JSON: it goes wrong in line {(json.LineNumber ?? 0) + 1} at byte {json.BytePositionInLine ?? 0}.", "Send JSON.");
        }

        return new(
            ErrorCodes.InvalidInput,
            json.Message.Contains(Missing, StringComparison.Ordinal) ? $"The body lacks {NamesIn(json.Message)}."
            : json.Path is { Length: > 2 } path ? $"'{path[2..]}' in the body is not of the type that is expected there."
            : "The body is not of the form that this path takes.",
            "The API's document shows the form.");
    }

    // «… including: 'a', 'b'.»
    private static string NamesIn(string message)
    {
        var start = message.IndexOf('\'', message.IndexOf(Missing, StringComparison.Ordinal));
        return start < 0 ? "properties that are required" : message[start..message.LastIndexOf('\'')] + "'";
    }
}
