using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Flama.Data.Errors;

/// <summary>Runs the endpoints that ask a database, and makes its failures ones that can be answered. Thread-safe.</summary>
/// <param name="names">What constraints are called; null where that is not known.</param>
/// <param name="logger">Hears of databases that do not answer.</param>
internal sealed class DatabaseGuard(RecordNames? names, ILogger logger)
{
    /// <summary>A handler in the guard.</summary>
    public RequestDelegate Around(RequestDelegate handler, bool isDeleting = false) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception exception) when (IsOurs(context, exception))
        {
            throw Failure(context, exception, isDeleting);
        }
    };

    // What our own endpoints do is answered by us; of others', only what the database says.
    private bool IsOurs(HttpContext context, Exception exception) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
        && exception is not (FlamaException or BadHttpRequestException or OperationCanceledException)
        && (names is not null || DatabaseErrors.Of(exception) is not null);

    private FlamaException Failure(HttpContext context, Exception exception, bool isDeleting)
    {
        if (DatabaseErrors.Of(exception, names, isDeleting || IsDeleting(exception)) is not { } failure)
        {
            return new(ErrorCodes.Internal, "The request failed.", innerException: exception);
        }

        if (failure.Code == ErrorCodes.DatabaseUnavailable)
        {
            Log.Unavailable(logger, exception, context.Request.Method, names?.Record ?? "database");
        }

        return failure;
    }

    private static bool IsDeleting(Exception exception) =>
        exception is DbUpdateException { Entries: { Count: > 0 } entries } && entries.All(entry => entry.State == EntityState.Deleted);
}
