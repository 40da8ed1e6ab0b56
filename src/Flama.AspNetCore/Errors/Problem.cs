using Flama.AspNetCore.Streaming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Flama.AspNetCore.Errors;

/// <summary>What an error answer says: RFC 9457 with the members that clients of the Python original read.</summary>
internal sealed record Problem(int Status, string Detail)
{
    private const string TypePrefix = "urn:flama:error:";

    /// <summary>A URI of the kind of problem.</summary>
    public string Type { get; init; } = TypeOf(Status);

    /// <summary>The kind of problem in words, the same for every occurrence.</summary>
    public string Title { get; init; } = ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The class name that the Python original would show.</summary>
    public string Error { get; init; } = "HTTPException";

    /// <summary>What is wrong with the rows; empty for other problems.</summary>
    public IReadOnlyList<InputProblem> Errors { get; init; } = [];

    /// <summary>Which part of a stream has the problem; null elsewhere.</summary>
    public StreamPart? Part { get; init; }

    /// <summary>The id under which the log has the details; null when there are none.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Says what a request did wrong.</summary>
    public static Problem Of(FlamaException failure) => new(failure.Code.HttpStatus, Describe(failure))
    {
        Type = TypePrefix + failure.Code.Name,
        Title = Name(failure.Code),
        Error = failure.Code == ErrorCodes.InvalidInput ? "ValidationError" : "HTTPException",
        Errors = failure.Problems,
    };

    /// <summary>Says only that something failed here.</summary>
    public static Problem Internal(string correlationId) => new(
        StatusCodes.Status500InternalServerError, $"The server failed to answer. Its log has the details under the id {correlationId}.")
    {
        Type = TypePrefix + ErrorCodes.Internal.Name,
        CorrelationId = correlationId,
    };

    // A status that HTTP itself explains has its own name as the code; one without a name says nothing beside its number.
    private static string TypeOf(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } reason
        ? string.Concat(TypePrefix, string.Concat(reason.Where(letter => char.IsAsciiLetter(letter) || letter is ' ' or '-')).Replace('-', ' ').Replace(' ', '_').ToLowerInvariant())
        : "about:blank";

    private static string Describe(FlamaException failure)
    {
        var detail = failure.ProblemCount > failure.Problems.Count
            ? $"{failure.Message}; the first {failure.Problems.Count} of {failure.ProblemCount} are listed."
            : failure.Message;
        return failure.Remedy is null ? detail : $"{detail} {failure.Remedy}";
    }

    private static string Name(ErrorCode code)
    {
        if (code == ErrorCodes.MalformedJson)
        {
            return "Malformed JSON";
        }

        var words = code.Name.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
