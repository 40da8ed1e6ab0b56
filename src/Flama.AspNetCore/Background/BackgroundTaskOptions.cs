namespace Flama.AspNetCore;

/// <summary>Tasks that run beside requests.</summary>
public sealed class BackgroundTaskOptions
{
    /// <summary>How many tasks may wait or run, 1 or more; one too many is refused. Default 1000.</summary>
    public int Capacity { get; set; } = 1000;

    /// <summary>How many run at a time, 1 or more. Default 4.</summary>
    public int MaxConcurrency { get; set; } = 4;
}
