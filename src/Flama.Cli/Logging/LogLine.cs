using Microsoft.Extensions.Logging;

namespace Flama.Cli.Logging;

/// <summary>A message with its pieces.</summary>
/// <param name="Message">One line for people.</param>
/// <param name="Fields">The same in pieces, for programs.</param>
internal sealed record LogLine(string Message, params IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    /// <summary>Writes it to a log.</summary>
    public void WriteTo(ILogger log, LogLevel level = LogLevel.Information) => log.Log(level, default, Fields, null, (_, _) => Message);
}
