using System.Diagnostics;
using System.Globalization;
using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Caching;
using Flama.AspNetCore.Errors;
using Flama.Hosting;
using Flama.Hosting.Diagnostics;
using Flama.Hosting.Predictions;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Measures one request of a model's method, or one part of a stream; does nothing where no one listens or records. Begin and end come in pairs.</summary>
internal struct PredictMeasure
{
    // Boxes and texts that are made once: statuses are few.
    private static readonly string[] Statuses = [.. Enumerable.Range(0, 600).Select(status => status.ToString(CultureInfo.InvariantCulture))];

    private readonly ServedModel? metered;
    private readonly string method;
    private readonly PredictionWatch? watch;
    private readonly long start;
    private long read;
    private long computed;
    private VersionRecord? version;
    private MethodRecord? record;
    private PredictionEntry? entry;
    private string? code;
    private bool isCached;

    private PredictMeasure(ServedModel? metered, string method, PredictionWatch? watch)
    {
        this.metered = metered;
        this.method = method;
        this.watch = watch;
        start = Stopwatch.GetTimestamp();
        if (metered is not null)
        {
            FlamaDiagnostics.NoteActive(metered.Name, 1);
        }
    }

    /// <summary>Begins a request.</summary>
    public static PredictMeasure Begin(ServedModel model, string method, PredictionWatch? watch) =>
        FlamaDiagnostics.IsRequestEnabled ? new(model, method, watch) : watch is null ? default : new(null, method, watch);

    /// <summary>Begins a part of a stream, which is recorded and no request for the meters.</summary>
    public static PredictMeasure BeginPart(PredictionWatch? watch) => watch is null ? default : new(null, ModelMethod.Predict, watch);

    /// <summary>Notes which model answers.</summary>
    public void Find(ServedModel model, LoadedModel loaded, ModelMethod found)
    {
        if (watch is null)
        {
            return;
        }

        version = model.Record.Of(loaded);
        record = version.Of(loaded.Model, found);
        entry = watch.Log?.Begin();
        if (entry is not null)
        {
            (entry.Model, entry.Version, entry.Method) = (model.Name, version, record);
        }
    }

    /// <summary>Notes that the rows are there.</summary>
    public void Read(ModelInput input)
    {
        if (record is not null)
        {
            read = Stopwatch.GetTimestamp();
            entry?.Rows = input.Rows;
        }
    }

    /// <summary>Notes the answer.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="output">What was computed; null for an answer of the cache.</param>
    /// <param name="answer">The answer as the cache keeps it; null where it keeps none.</param>
    public void Compute(int rows, ModelOutput? output, byte[]? answer = null)
    {
        isCached = output is null;
        if (record is null)
        {
            return;
        }

        computed = Stopwatch.GetTimestamp();
        if (output is not null)
        {
            record.AddAnswer(rows, output, entry);
        }
        else
        {
            record.AddCached(rows, CachedAnswer.TallyOf(answer!), entry);
            entry?.IsCached = true;
        }
    }

    /// <summary>Notes why the request is refused or fails.</summary>
    public void Fail(HttpContext context, Exception failure)
    {
        if (metered is not null || watch is not null)
        {
            code = failure switch
            {
                FlamaException { Code: var known } => known.Name,
                OutOfMemoryException => ErrorCodes.Overloaded.Name,
                _ when RequestTimeouts.HasExpired(context, failure) => ErrorCodes.TimedOut.Name,
                _ when ErrorResponder.IsClientGone(context, failure) => "client_gone",
                BadHttpRequestException => "bad_request",
                _ => ErrorCodes.Internal.Name,
            };
        }
    }

    /// <summary>Ends.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status of the answer.</param>
    public readonly void End(HttpContext context, int status)
    {
        if (metered is null && record is null)
        {
            return;
        }

        var end = Stopwatch.GetTimestamp();
        if (metered is not null)
        {
            FlamaDiagnostics.NoteActive(metered.Name, -1);
            FlamaDiagnostics.NoteRequest(metered.Name, method, status < Statuses.Length ? Statuses[status] : "0", code, isCached, Stopwatch.GetElapsedTime(start, end));
        }

        if (record is not null)
        {
            Record(context, status, end);
        }
    }

    private readonly void Record(HttpContext context, int status, long end)
    {
        record!.AddRequest(status >= StatusCodes.Status400BadRequest, Times(end), isCached);
        if (code is not null)
        {
            version!.AddError(code);
        }

        if (entry is not null)
        {
            // Whole milliseconds.
            var now = DateTime.UtcNow;
            entry.Time = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
            entry.Status = status;
            entry.Error = code;
            entry.Latency = Stopwatch.GetElapsedTime(start, end);
            entry.CorrelationId = CorrelationId.Of(context);
            watch!.Log!.Add(entry);
        }
    }

    private readonly RequestTimes Times(long end) => new(
        end - start,
        (read > 0 ? read : end) - start,
        read > 0 && !isCached ? (computed > 0 ? computed : end) - read : 0,
        computed > 0 ? end - computed : 0);
}
