namespace Flama.FunctionalTests;

/// <summary>How a run ended, and what it said; line ends are <c>\n</c>.</summary>
internal sealed record FlamaResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines on standard error.</summary>
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
