namespace Flama.FunctionalTests;

/// <summary>How a run ended, and what it said; line ends are <c>\n</c>.</summary>
internal sealed record FlamaResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines on standard error.</summary>
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a server has to say about itself, among lines of its log.</summary>
    /// <remarks>On a busy machine warnings of the framework come between them at any time: that its heartbeat is late.</remarks>
    public static IReadOnlyList<string> NewsOf(IEnumerable<string> lines) => [.. lines.Where(line => line.StartsWith("INFO:", StringComparison.Ordinal))];
}
