namespace Flama.Hosting.Updating;

/// <summary>What a new version of a model has to show before it takes the place of the one that serves.</summary>
public sealed class UpdateOptions
{
    /// <summary>
    /// Whether the new version is examined: it answers a made-up row, and the cases that its package has stored in <c>cases.json</c> as they say
    /// (the input example, for a model of MLflow). One that does not is refused with <see cref="ErrorCodes.ExamFailed"/>, and the old one serves on. Default true.
    /// </summary>
    public bool Examines { get; set; } = true;

    /// <summary>The largest relative difference between a number of a stored case and the answer, zero or more. Default 1e-9.</summary>
    public double CaseTolerance { get; set; } = Scoring.ModelCases.DefaultTolerance;

    /// <summary>
    /// For how long at the most the new version answers made-up rows to itself before callers meet it, so that its code is compiled by then. Zero for not at all.
    /// Default a quarter of a second.
    /// </summary>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromMilliseconds(250);
}
