using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Predict;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Flama.AspNetCore.Errors;

/// <summary>Answers requests that failed, and logs what their clients must not see. Thread-safe.</summary>
internal sealed class ErrorResponder(
    FlamaHttpOptions options,
    PooledBuffers buffers,
    DebugPages debugPages,
    ILogger<ErrorResponder> logger)
{
    private const int MaxPathShown = 200;
    private const string SecondsToWait = "1";

    /// <summary>Answers a request that ended in an exception.</summary>
    public Task RespondAsync(HttpContext context, Exception exception)
    {
        if (RequestTimeouts.HasExpired(context, exception))
        {
            // The answer is not to be ended by what ended the computation.
            context.RequestAborted = CancellationToken.None;
            return RefuseAsync(context, RequestTimeouts.Failure());
        }

        if (IsClientGone(context, exception))
        {
            NoteClientGone(context);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            return Task.CompletedTask;
        }

        return exception switch
        {
            FlamaException failure when IsRefusal(failure) => RefuseAsync(context, failure),
            OutOfMemoryException => RefuseAsync(context, OutOfMemory(context)),
            BadHttpRequestException bad => BindingProblem.Of(bad) is { } problem ? RefuseAsync(context, problem) : RefuseAsync(context, bad.StatusCode),

            // The server's word for a chunk whose size is beyond its integers.
            IOException { InnerException: OverflowException } => RefuseAsync(context, StatusCodes.Status400BadRequest),
            _ => FailAsync(context, exception),
        };
    }

    /// <summary>Gives a body to an answer that is a bare status, as routing and authentication leave it.</summary>
    public Task RespondAsync(HttpContext context, int status) =>
        status == StatusCodes.Status404NotFound && debugPages.Wants(context)
            ? debugPages.WriteNotFoundAsync(context)
            : WriteAsync(context, Describe(context, status));

    /// <summary>Answers a request with a problem.</summary>
    public Task RespondAsync(HttpContext context, Problem problem) => WriteAsync(context, problem);

    /// <summary>Logs that the client of a request went away.</summary>
    public void NoteClientGone(HttpContext context) => Log.ClientGone(logger, context.Request.Method, PathOf(context));

    /// <summary>Says what was wrong with one part of a stream, for an answer in its place; a bug is logged.</summary>
    public Problem Describe(HttpContext context, Exception exception)
    {
        if (exception is OutOfMemoryException)
        {
            exception = OutOfMemory(context);
        }

        if (exception is FlamaException failure && IsRefusal(failure))
        {
            Log.RequestRefused(logger, context.Request.Method, PathOf(context), failure.Code.HttpStatus, failure.Code.Name);
            return Problem.Of(failure);
        }

        var correlationId = CorrelationId.Of(context);
        Log.RequestFailed(logger, exception, context.Request.Method, PathOf(context), correlationId);
        return Problem.Internal(correlationId);
    }

    /// <summary>Whether a request ended because its client went away, rather than for a fault here.</summary>
    public static bool IsClientGone(HttpContext context, Exception exception) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException);

    private static bool IsRefusal(FlamaException failure) => failure.Code.HttpStatus is < 500 or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout;

    // What was not counted, or counted too low.
    private FlamaException OutOfMemory(HttpContext context)
    {
        Log.OutOfMemory(logger, context.Request.Method, PathOf(context));
        return new(ErrorCodes.Overloaded, "The server has not enough memory for the request.", "Send it again later, or fewer rows per request.");
    }

    private Task RefuseAsync(HttpContext context, FlamaException failure)
    {
        Log.RequestRefused(logger, context.Request.Method, PathOf(context), failure.Code.HttpStatus, failure.Code.Name);
        return RestartAsync(context, Problem.Of(failure));
    }

    // What the server or the framework found wrong with the request; its words may hold types and versions; Flama's own do not.
    private Task RefuseAsync(HttpContext context, int status)
    {
        Log.RequestRefused(logger, context.Request.Method, PathOf(context), status, nameof(BadHttpRequestException));
        return RestartAsync(context, Describe(context, status));
    }

    private Task FailAsync(HttpContext context, Exception exception)
    {
        var correlationId = CorrelationId.Of(context);
        if (context.Response.HasStarted)
        {
            Log.AnswerBroken(logger, exception, context.Request.Method, PathOf(context), correlationId);
            context.Abort();
            return Task.CompletedTask;
        }

        Log.RequestFailed(logger, exception, context.Request.Method, PathOf(context), correlationId);
        if (debugPages.Wants(context))
        {
            context.Response.Clear();
            return DebugPages.WriteFailureAsync(context, exception, correlationId);
        }

        return RestartAsync(context, Problem.Internal(correlationId));
    }

    private Task RestartAsync(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            // In the middle of a stream, where no status can follow.
            context.Abort();
            return Task.CompletedTask;
        }

        ModelHeaders.ClearOthers(context.Response);
        return WriteAsync(context, problem);
    }

    private async Task WriteAsync(HttpContext context, Problem problem)
    {
        var buffer = buffers.Rent();
        try
        {
            ProblemWriter.Write(buffer.Json, problem);
            buffer.Json.Flush();
            if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.TryAdd(HeaderNames.RetryAfter, RetryLater.Of(context) ?? SecondsToWait);
            }

            if (await HostProblems.TryWriteAsync(context, problem.Status, buffer.WrittenMemory))
            {
                return;
            }

            var response = context.Response;
            response.StatusCode = problem.Status;
            response.ContentType = ProblemWriter.ContentTypeFor(context.Request);
            response.ContentLength = buffer.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientGone(logger, context.Request.Method, PathOf(context));
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    private Problem Describe(HttpContext context, int status)
    {
        var path = PathOf(context);
        return status switch
        {
            StatusCodes.Status404NotFound => new(status, $"Nothing is served at '{path}'.{ApiHint()}"),
            StatusCodes.Status405MethodNotAllowed => new(
                status, $"{context.Request.Method} is not possible at '{path}'. It answers {context.Response.Headers.Allow}."),
            StatusCodes.Status413PayloadTooLarge => Problem.Of(TooLarge(LimitOf(context))),
            StatusCodes.Status400BadRequest => new(status, "The request is not what this path takes, or not valid HTTP."),
            StatusCodes.Status401Unauthorized => new(status, $"'{path}' needs credentials, and the request has none that are valid."),
            StatusCodes.Status403Forbidden => new(status, $"The credentials of the request do not allow '{path}'."),
            StatusCodes.Status408RequestTimeout => new(status, "The request's body arrived too slowly. Send it again."),
            StatusCodes.Status415UnsupportedMediaType => Problem.Of(UnsupportedMediaType(context.Request.ContentType)),
            StatusCodes.Status426UpgradeRequired => new(
                status, $"'{path}' answers WebSocket connections, and POST with a line of rows each. This request is neither."),
            StatusCodes.Status429TooManyRequests => new(status, "There are more requests than are allowed now. Send it again later."),
            StatusCodes.Status503ServiceUnavailable => new(status, "The server cannot take the request now. Send it again later."),
            _ => new(status, "The request was not answered."),
        };
    }

    /// <summary>The failure of a body over the limit.</summary>
    public static FlamaException TooLarge(long limit) => new(
        ErrorCodes.InputTooLarge, $"The body is larger than the limit of {limit} bytes.", "Send fewer rows per request.");

    /// <summary>The failure of a body of another media type.</summary>
    public static FlamaException UnsupportedMediaType(string? contentType, string expected = "application/json") => new(
        ErrorCodes.UnsupportedMediaType, $"The content type '{Cut(contentType ?? string.Empty)}' is not JSON.", $"Send {expected}.");

    private long LimitOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RequestSizeLimit>()?.MaxBytes
        ?? context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize
        ?? options.MaxRequestBodyBytes;

    private string ApiHint() => options.SchemaPath is { Length: > 0 } path ? $" The paths are listed at '{path}'." : string.Empty;

    private static string PathOf(HttpContext context) => Cut(context.Request.Path.Value ?? "/");

    private static string Cut(string text) => text.Length <= MaxPathShown ? text : string.Concat(text.AsSpan(0, MaxPathShown), "…");
}
