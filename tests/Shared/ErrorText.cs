using System.Text.RegularExpressions;

namespace Flama.Tests;

/// <summary>What error answers of a server must not tell: where its files are, what its code is made of, and which versions it runs.</summary>
internal static partial class ErrorText
{
    /// <summary>The first part of an error answer, or of its head, that tells of the server; null for none.</summary>
    public static string? FindTelling(string text) => Telling().Match(Meant().Replace(text, "")) is { Success: true } match ? match.Value : null;

    // Directories of servers, frames of stacks, names of files and types of the program, programs and versions. An address of four numbers is no version; HTTPException is what the
    // Python original calls a refusal.
    [GeneratedRegex(
        @"(?<![\w.])/(?:tmp|home|root|usr|work|opt|var|proc)/|\b[A-Z]:\\|^\s+at \S|\bat [\w.<>`]+\(|\.cs\b|\.dll\b|:line \d|\b(?:System|Microsoft|Flama)\.[A-Z]\w+|\b(?!HTTPException)\w+Exception\b|Kestrel|^server:(?! flama\s*$)|\b(?:\.NET|ASP\.NET|Flama) ?(?:Core)?[ /]\d|(?<![\d.])\d+\.\d+\.\d+(?![\d.])",
        RegexOptions.Multiline | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Telling();

    // Which model answers is told on purpose, in headers and in the document of health.
    [GeneratedRegex(@"^X-Model-\w+: .*$|""\w*version"": ?""[^""]*""", RegexOptions.Multiline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Meant();
}
