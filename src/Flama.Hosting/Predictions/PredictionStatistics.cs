namespace Flama.Hosting.Predictions;

/// <summary>What all models of an application were asked since it started.</summary>
internal sealed class PredictionStatistics(ServedModels models, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    public DateTimeOffset Started { get; } = time.GetUtcNow();

    public TimeSpan Uptime => time.GetElapsedTime(start);

    /// <summary>The models by name.</summary>
    public IEnumerable<ServedModel> Models => models.Models.OrderBy(model => model.Name, StringComparer.Ordinal);
}
