using Flama.Hosting.Diagnostics;

namespace Flama.Hosting.Updating;

/// <summary>The steps between loading a new version and serving it.</summary>
internal static class ModelUpdate
{
    private const string Cases = "cases", Sample = "sample";

    /// <summary>Examines a version that nobody else knows yet, and warms it up.</summary>
    /// <param name="name">The name it will be served by.</param>
    /// <param name="next">The version; stays the caller's.</param>
    /// <param name="options">What it has to show.</param>
    /// <param name="cancellationToken">Gives it up, between two steps.</param>
    /// <exception cref="FlamaException">It does not pass (<see cref="ErrorCodes.ExamFailed"/>).</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static void Prepare(string name, LoadedModel next, UpdateOptions options, CancellationToken cancellationToken)
    {
        if (options.Examines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Check(name, Cases, StoredCases.Replay(next, options.CaseTolerance));
            cancellationToken.ThrowIfCancellationRequested();
            Check(name, Sample, next.Exam.Failure is { } code ? $"it does not answer a made-up row ({code})" : null);
        }

        ModelWarmUp.Run(next, options.WarmUp, cancellationToken);
    }

    private static void Check(string name, string step, string? fault)
    {
        if (fault is not null)
        {
            FlamaDiagnostics.NoteRefusal(name, step);
            throw new FlamaException(
                ErrorCodes.ExamFailed, $"The new version of '{name}' was loaded and does not pass its exam: {fault}.", "Check the model and its cases: flama model MODEL verify");
        }
    }
}
