namespace Flama.Hosting;

/// <summary>The log of predictions: one record per request of a model's method, without what was asked. Read once, when the application starts.</summary>
public sealed class PredictionLogOptions
{
    /// <summary>The category of the records in the application's logging.</summary>
    public const string Category = "flama.predictions";

    /// <summary>
    /// The file that records are added to, one JSON object per line; one that was moved away or deleted is made anew. Null (default) for the application's logging,
    /// category <see cref="Category"/>, level information.
    /// </summary>
    public string? File { get; set; }

    /// <summary>The share of the requests that have a record, chosen at random, above 0 and up to 1. Default 1, all.</summary>
    public double SampleRate { get; set; } = 1;
}
