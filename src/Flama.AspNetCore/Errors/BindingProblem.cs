using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Errors;

/// <summary>Says what is wrong with a request that the framework could not bind to parameters, without naming types of the program.</summary>
internal static partial class BindingProblem
{
    private const string Missing = "missing required properties";
    private const string Remedy = "The API's document shows the form.";

    /// <summary>The failure to answer; null where it is not a matter of parameters or of the body's JSON.</summary>
    public static FlamaException? Of(BadHttpRequestException failure) => failure.InnerException is JsonException json
        ? Of(json)
        : failure.StatusCode == StatusCodes.Status400BadRequest && Parameter().Match(failure.Message) is { Success: true } found ? Of(found) : null;

    /// <summary>The failure of a body, or a part of one, that could not be read.</summary>
    public static FlamaException Of(JsonException json)
    {
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
            Remedy);
    }

    private static FlamaException Of(Match found)
    {
        var name = found.Groups["name"].Value;
        return new(
            ErrorCodes.InvalidInput,
            found.Groups["verb"].Value switch
            {
                "Failed to bind" => $"'{name}' is not of the type that is expected there.",
                "Required" => $"'{name}' is missing.",
                _ => "The body is missing.",
            },
            Remedy);
    }

    // «… including: 'a', 'b'.»
    private static string NamesIn(string message)
    {
        var start = message.IndexOf('\'', message.IndexOf(Missing, StringComparison.Ordinal));
        return start < 0 ? "properties that are required" : message[start..message.LastIndexOf('\'')] + "'";
    }

    // «Failed to bind parameter "int id" from "x".», «Required parameter "int id" was not provided from query string.», «Implicit body inferred for parameter "Puppy puppy" but no body was provided. …»
    [GeneratedRegex("^(?<verb>Failed to bind|Required|Implicit body inferred for) parameter \"([^\"]* )?(?<name>[^\" ]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
