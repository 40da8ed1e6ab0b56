namespace Flama.Cli.Completion;

/// <summary>An option as a shell completes it.</summary>
/// <param name="Names">Its names.</param>
/// <param name="Description">What it does.</param>
/// <param name="TakesValue">Whether a value follows.</param>
/// <param name="Words">The values, when there are only a few; else files are offered.</param>
internal sealed record CompletedOption(IReadOnlyList<string> Names, string Description, bool TakesValue, IReadOnlyList<string> Words);
