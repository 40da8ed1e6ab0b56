using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Flama.Data.Saving;

/// <summary>Which version of a record a request is meant for, by <c>If-Match</c> and <c>If-None-Match</c> (RFC 9110).</summary>
internal sealed class Preconditions
{
    private readonly IList<EntityTagHeaderValue> match;
    private readonly IList<EntityTagHeaderValue> noneMatch;

    /// <summary>Reads the headers.</summary>
    /// <exception cref="FlamaException">A header is not one of tags (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public Preconditions(IHeaderDictionary headers)
    {
        match = Read(headers.IfMatch, HeaderNames.IfMatch);
        noneMatch = Read(headers.IfNoneMatch, HeaderNames.IfNoneMatch);
    }

    /// <summary>Whether the request says which version it is meant for, or that any will do.</summary>
    public bool IsSaid => match.Count > 0;

    /// <summary>Whether it is meant for certain versions.</summary>
    public bool IsCertain => match.Count > 0 && !match.Contains(EntityTagHeaderValue.Any);

    /// <summary>Checks that a change is meant for a version.</summary>
    /// <param name="tag">The version's tag; null where the record has none.</param>
    /// <exception cref="FlamaException">It is not (<see cref="ErrorCodes.PreconditionFailed"/>).</exception>
    public void Check(string? tag)
    {
        if ((match.Count > 0 && !match.Any(one => Is(one, tag, isStrong: true))) || noneMatch.Any(one => Is(one, tag, isStrong: false)))
        {
            throw Failure();
        }
    }

    /// <summary>Whether the client has a version already.</summary>
    public bool Has(string? tag) => tag is not null && noneMatch.Any(one => Is(one, tag, isStrong: false));

    /// <summary>The failure of a request that is meant for another version.</summary>
    public static FlamaException Failure() => new(
        ErrorCodes.PreconditionFailed, "The record is not, or not any more, the version that the request is meant for.", "Get it again, and send the request with its ETag as If-Match.");

    private static bool Is(EntityTagHeaderValue given, string? tag, bool isStrong) =>
        given.Equals(EntityTagHeaderValue.Any) || (tag is not null && !(isStrong && given.IsWeak) && given.Tag.Equals(tag, StringComparison.Ordinal));

    private static IList<EntityTagHeaderValue> Read(StringValues values, string name)
    {
        if (values.Count == 0)
        {
            return [];
        }

        return EntityTagHeaderValue.TryParseStrictList(values!, out var tags) ? tags : throw new FlamaException(
            [new InputProblem("wrong_type", $"The header {name} must be a list of entity tags in quotes, or *.") { Name = name }], 1);
    }
}
