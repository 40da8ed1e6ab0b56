using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Flama.Hosting.Diagnostics;

/// <summary>The names under which Flama's metrics and traces are found, and the instruments themselves.</summary>
/// <remarks>
/// OpenTelemetry gets them with <c>AddMeter(FlamaDiagnostics.MeterName, FlamaDiagnostics.RequestMeterName)</c> and <c>AddSource(FlamaDiagnostics.ActivitySourceName)</c>.
/// Nothing is measured as long as no one listens. Tags are names of models and methods, statuses and error codes: nothing that callers choose.
/// </remarks>
public static class FlamaDiagnostics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Flama";

    /// <summary>The name of the meter of requests over HTTP.</summary>
    public const string RequestMeterName = "Flama.Requests";

    /// <summary>The name of the source of activities.</summary>
    public const string ActivitySourceName = "Flama";

    private const string CacheResult = "flama.cache.result";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Meter RequestMeter = new(RequestMeterName);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "flama.predict.duration", "s", "How long a call of a model's method took.");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("flama.predict.rows", "{row}", "Rows that methods of models computed.");

    private static readonly Counter<long> Loads = Meter.CreateCounter<long>("flama.model.loads", "{load}", "Models that were loaded, or failed to.");

    private static readonly Histogram<double> LoadDuration = Meter.CreateHistogram<double>("flama.model.load.duration", "s", "How long loading a model took.");

    private static readonly Counter<long> Swaps = Meter.CreateCounter<long>("flama.model.swaps", "{swap}", "Models that took the place of another.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("flama.model.refusals", "{refusal}", "New versions of models that did not pass a step of their exam.");

    private static readonly Histogram<double> RequestDuration = RequestMeter.CreateHistogram<double>(
        "flama.request.duration", "s", "How long a request of a model's method took, from its head to its answer.");

    private static readonly Counter<long> Errors = RequestMeter.CreateCounter<long>("flama.request.errors", "{error}", "Requests that were refused or failed, by code.");

    private static readonly Counter<long> CacheLookups = RequestMeter.CreateCounter<long>("flama.cache.lookups", "{lookup}", "Requests whose answer was looked for in the cache, by what came of it: hit or miss.");

    private static readonly UpDownCounter<long> Active = RequestMeter.CreateUpDownCounter<long>("flama.request.active", "{request}", "Requests that are being answered.");

    private static readonly Counter<long> Violations = Meter.CreateCounter<long>(
        "flama.validation.violations", "{cell}", "Cells that were computed although they are against the schema of their model.");

    private static readonly Histogram<int> Joined = Meter.CreateHistogram<int>("flama.batch.size", "{request}", "Requests that were computed together in one call.");

    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>("flama.prediction_log.dropped", "{record}", "Records of predictions that could not be logged.");

    /// <summary>The source of activities: <c>flama.predict</c> with the tags <c>flama.model</c>, <c>flama.method</c> and <c>flama.rows</c>.</summary>
    public static ActivitySource Activities { get; } = new(ActivitySourceName);

    /// <summary>Whether a call is worth measuring: someone listens.</summary>
    internal static bool IsEnabled => Duration.Enabled || Rows.Enabled || Activities.HasListeners();

    /// <summary>Whether a request is.</summary>
    internal static bool IsRequestEnabled => RequestDuration.Enabled || Errors.Enabled || Active.Enabled;

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

    /// <summary>Notes that a request began, with 1, or ended, with -1.</summary>
    internal static void NoteActive(string model, int change) => Active.Add(change, new KeyValuePair<string, object?>("flama.model", model));

    /// <summary>Notes a request that was answered.</summary>
    /// <param name="model">The model.</param>
    /// <param name="method">The method.</param>
    /// <param name="status">The status as a text, of a fixed set.</param>
    /// <param name="code">The error code; null for none.</param>
    /// <param name="isCached">Whether the answer was one of the cache.</param>
    /// <param name="elapsed">How long it took.</param>
    internal static void NoteRequest(string model, string method, string status, string? code, bool isCached, TimeSpan elapsed)
    {
        KeyValuePair<string, object?> modelTag = new("flama.model", model), methodTag = new("flama.method", method), statusTag = new("http.response.status_code", status);
        if (isCached)
        {
            RequestDuration.Record(elapsed.TotalSeconds, new TagList { modelTag, methodTag, statusTag, new(CacheResult, "hit") });
        }
        else
        {
            RequestDuration.Record(elapsed.TotalSeconds, modelTag, methodTag, statusTag);
        }

        if (code is not null)
        {
            Errors.Add(1, modelTag, methodTag, new KeyValuePair<string, object?>("error.type", code));
        }
    }

    /// <summary>Notes a request whose answer was looked for in the cache.</summary>
    internal static void NoteCache(string model, string result) =>
        CacheLookups.Add(1, new KeyValuePair<string, object?>("flama.model", model), new KeyValuePair<string, object?>(CacheResult, result));

    /// <summary>Notes an attempt to load a model.</summary>
    internal static void NoteLoad(string model, bool succeeded, TimeSpan elapsed)
    {
        KeyValuePair<string, object?> modelTag = new("flama.model", model), succeededTag = new("flama.succeeded", succeeded ? "true" : "false");
        Loads.Add(1, modelTag, succeededTag);
        LoadDuration.Record(elapsed.TotalSeconds, modelTag, succeededTag);
    }

    /// <summary>Notes cells that are against a schema and were computed.</summary>
    internal static void NoteViolations(string model, int count) => Violations.Add(count, new KeyValuePair<string, object?>("flama.model", model));

    /// <summary>Notes records that could not be logged.</summary>
    internal static void NoteDropped(long count) => Dropped.Add(count);

    /// <summary>Notes that a new version was loaded and not taken.</summary>
    internal static void NoteRefusal(string model, string step) =>
        Refusals.Add(1, new("flama.model", model), new KeyValuePair<string, object?>("flama.step", step));

    /// <summary>Notes requests that were computed together.</summary>
    internal static void NoteJoined(string model, int requests) => Joined.Record(requests, new KeyValuePair<string, object?>("flama.model", model));

    /// <summary>Notes that a model took the place of another.</summary>
    internal static void NoteSwap(string model) => Swaps.Add(1, new KeyValuePair<string, object?>("flama.model", model));
}
