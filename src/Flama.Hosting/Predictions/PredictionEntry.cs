namespace Flama.Hosting.Predictions;

/// <summary>One request on its way into the log; used again after it was written. Never holds what was asked or answered, only how often.</summary>
internal sealed class PredictionEntry
{
    /// <summary>Answers that are numbers are counted by tenths of those before them.</summary>
    public const int Deciles = 10;

    private readonly int[] counts = new int[AnswerForm.MaxClasses + 1];
    private int highest;

    /// <summary>When the answer was ready, UTC.</summary>
    public DateTime Time { get; set; }

    /// <summary>The name by which the model is served.</summary>
    public string Model { get; set; } = "";

    public VersionRecord? Version { get; set; }

    public MethodRecord? Method { get; set; }

    /// <summary>How many rows there were; -1 where the request did not come so far.</summary>
    public int Rows { get; set; } = -1;

    public int Status { get; set; }

    /// <summary>Whether the answer was one of the cache.</summary>
    public bool IsCached { get; set; }

    /// <summary>The error code; null for none.</summary>
    public string? Error { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Latency { get; set; }

    public string CorrelationId { get; set; } = "";

    /// <summary>How many rows were answered with each class or decile, as far as any was.</summary>
    public ReadOnlySpan<int> Counts => counts.AsSpan(0, highest);

    /// <summary>Counts a row.</summary>
    /// <param name="index">The class or decile; -1 for none that is known.</param>
    /// <param name="rows">How many rows.</param>
    public void Count(int index, int rows = 1)
    {
        if (index >= 0)
        {
            counts[index] += rows;
            highest = Math.Max(highest, index + 1);
        }
    }

    /// <summary>Makes the entry as new.</summary>
    public void Clear()
    {
        counts.AsSpan(0, highest).Clear();
        highest = 0;
        (Version, Method, Error, Rows, IsCached) = (null, null, null, -1, false);
    }
}
