namespace Flama.AspNetCore;

/// <summary>Which answers of models are kept, and for how long.</summary>
public sealed class PredictionCacheOptions
{
    /// <summary>How long an answer is given again, up to 365 days; zero for models in <see cref="ModelTimes"/> only. Default one minute.</summary>
    public TimeSpan Time { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The same for single models, by the name they are served by; zero keeps none of their answers.</summary>
    public IDictionary<string, TimeSpan> ModelTimes { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>The memory that kept answers of all models may take, in bytes, 1 MiB or more; those that were used least are given up. Default 64 MiB.</summary>
    public long MaxBytes { get; set; } = 64 << 20;

    /// <summary>The most rows of a request whose answer is kept, 1 or more; larger requests are computed every time. Default 1000.</summary>
    public int MaxRows { get; set; } = 1000;

    internal const long LeastBytes = 1 << 20;

    /// <summary>How long answers of a model are kept; null for not at all.</summary>
    internal TimeSpan? TimeOf(string model) => (ModelTimes.TryGetValue(model, out var own) ? own : Time) is { Ticks: > 0 } time ? time : null;

    internal static bool IsTime(TimeSpan time) => time >= TimeSpan.Zero && time <= TimeSpan.FromDays(365);
}
