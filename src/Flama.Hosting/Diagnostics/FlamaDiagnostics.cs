using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Flama.Hosting.Diagnostics;

/// <summary>The names under which Flama's metrics and traces are found, and the instruments themselves.</summary>
/// <remarks>
/// OpenTelemetry gets them with <c>AddMeter(FlamaDiagnostics.MeterName)</c> and <c>AddSource(FlamaDiagnostics.ActivitySourceName)</c>.
/// Nothing is measured as long as no one listens.
/// </remarks>
public static class FlamaDiagnostics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Flama";

    /// <summary>The name of the source of activities.</summary>
    public const string ActivitySourceName = "Flama";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "flama.predict.duration", "s", "How long a call of a model's method took.");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("flama.predict.rows", "{row}", "Rows that methods of models computed.");

    private static readonly Counter<long> Loads = Meter.CreateCounter<long>("flama.model.loads", "{load}", "Models that were loaded, or failed to.");

    /// <summary>The source of activities: <c>flama.predict</c> with the tags <c>flama.model</c>, <c>flama.method</c> and <c>flama.rows</c>.</summary>
    public static ActivitySource Activities { get; } = new(ActivitySourceName);

    /// <summary>Whether a call is worth measuring: someone listens.</summary>
    internal static bool IsEnabled => Duration.Enabled || Rows.Enabled || Activities.HasListeners();

    /// <summary>Notes one call.</summary>
    internal static void NoteCall(string model, string method, int rows, TimeSpan elapsed, bool failed)
    {
        TagList tags = new() { { "flama.model", model }, { "flama.method", method } };
        if (failed)
        {
            tags.Add("error.type", "failed");
        }

        Duration.Record(elapsed.TotalSeconds, tags);
        Rows.Add(rows, tags);
    }

    /// <summary>Notes an attempt to load a model.</summary>
    internal static void NoteLoad(string model, bool succeeded) =>
        Loads.Add(1, new KeyValuePair<string, object?>("flama.model", model), new KeyValuePair<string, object?>("flama.succeeded", succeeded));
}
