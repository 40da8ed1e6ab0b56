using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Logging;

/// <summary>Something to log.</summary>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="Level">How important it is.</param>
/// <param name="Logger">The logger: <c>flama</c>, <c>flama.access</c>, or a category of the framework.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Fields">The same in pieces, for programs.</param>
/// <param name="Exception">What went wrong; null for nothing.</param>
public sealed record LogEvent(
    DateTimeOffset Time,
    LogLevel Level,
    string Logger,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> Fields,
    Exception? Exception)
{
    /// <summary>The logger of the messages of a server as a whole.</summary>
    public const string Server = "flama";

    /// <summary>The logger of requests.</summary>
    public const string Access = "flama.access";
}
