namespace Flama.Cli.Logging;

/// <summary>A message with its pieces.</summary>
/// <param name="Message">One line for people.</param>
/// <param name="Fields">The same in pieces, for programs.</param>
internal sealed record LogLine(string Message, params IReadOnlyList<KeyValuePair<string, object?>> Fields);
