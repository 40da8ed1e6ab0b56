using System.Diagnostics;
using System.Globalization;
using Flama.Hosting.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Measures one request of a model's method; does nothing where no one listens. Begin and end come in pairs.</summary>
internal struct PredictMeasure
{
    // Boxes and texts that are made once: statuses are few.
    private static readonly string[] Statuses = [.. Enumerable.Range(0, 600).Select(status => status.ToString(CultureInfo.InvariantCulture))];

    private readonly string? model;
    private readonly string method;
    private readonly long start;
    private string? code;

    private PredictMeasure(string model, string method)
    {
        this.model = model;
        this.method = method;
        start = Stopwatch.GetTimestamp();
        FlamaDiagnostics.NoteActive(model, 1);
    }

    /// <summary>Begins.</summary>
    public static PredictMeasure Begin(string model, string method) => FlamaDiagnostics.IsRequestEnabled ? new(model, method) : default;

    /// <summary>Notes why the request is refused or fails.</summary>
    public void Fail(HttpContext context, Exception failure)
    {
        if (model is not null)
        {
            code = failure switch
            {
                FlamaException { Code: var known } => known.Name,
                OutOfMemoryException => ErrorCodes.Overloaded.Name,
                _ when Errors.ErrorResponder.IsClientGone(context, failure) => "client_gone",
                BadHttpRequestException => "bad_request",
                _ => ErrorCodes.Internal.Name,
            };
        }
    }

    /// <summary>Ends.</summary>
    public readonly void End(HttpContext context)
    {
        if (model is not null)
        {
            var status = context.Response.StatusCode;
            FlamaDiagnostics.NoteActive(model, -1);
            FlamaDiagnostics.NoteRequest(model, method, status < Statuses.Length ? Statuses[status] : "0", code, Stopwatch.GetElapsedTime(start));
        }
    }
}
