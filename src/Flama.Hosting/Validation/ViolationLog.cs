using Flama.Hosting.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Validation;

/// <summary>Tells of rows that are against a model's schema and were computed all the same: all of them in number, the rules once in a while. Thread-safe.</summary>
/// <param name="model">The name by which the model is served.</param>
/// <param name="logger">Takes the warnings, without any value of a row.</param>
internal sealed class ViolationLog(string model, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long next;
    private long unsaid;

    /// <summary>Notes the violations of one call.</summary>
    public void Add(FlamaException violations)
    {
        FlamaDiagnostics.NoteViolations(model, violations.ProblemCount);
        Interlocked.Add(ref unsaid, violations.ProblemCount);
        var now = Environment.TickCount64;
        var due = Volatile.Read(ref next);
        if (now >= due && Interlocked.CompareExchange(ref next, now + (long)Pause.TotalMilliseconds, due) == due)
        {
            var rules = violations.Problems
                .Select(problem => $"{(problem.FeatureName is { } name ? $"'{SafeText.OneLine(name, 100)}'" : $"feature {problem.Feature}")} {problem.Rule} {SafeText.OneLine(problem.Bound ?? "", 100)}")
                .Distinct(StringComparer.Ordinal);
            Log.Violations(logger, model, Interlocked.Exchange(ref unsaid, 0), string.Join(", ", rules));
        }
    }
}
