namespace Flama.Testing;

/// <summary>Answers are not those that were stored: what an assertion of cases throws, so that the test fails whatever its framework.</summary>
/// <param name="message">What was compared, and the first differences.</param>
/// <param name="differences">What differs.</param>
public sealed class CasesDifferException(string message, IReadOnlyList<string> differences) : Exception(message)
{
    private const int MostShown = 10;

    /// <summary>
    /// What differs, at most 100 a case: the number of the case, its method, row and column, counted from 0, what was expected and what was found.
    /// </summary>
    public IReadOnlyList<string> Differences { get; } = differences;

    /// <summary>Throws where something differs.</summary>
    internal static void ThrowIfAny(string subject, IReadOnlyList<string> differences, double tolerance)
    {
        if (differences.Count == 0)
        {
            return;
        }

        var shown = string.Join("\n  ", differences.Take(MostShown).Select(difference => SafeText.OneLine(difference)));
        var more = differences.Count > MostShown ? FormattableString.Invariant($"\n  and {differences.Count - MostShown} more") : "";
        throw new CasesDifferException(
            FormattableString.Invariant($"{subject} differs from the stored outputs {differences.Count} {(differences.Count == 1 ? "time" : "times")} (relative tolerance {tolerance}):\n  {shown}{more}"), differences);
    }
}
