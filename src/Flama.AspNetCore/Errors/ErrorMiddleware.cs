using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Errors;

/// <summary>
/// The outermost step of the application: whatever throws further in is answered here, and an error status without a body gets one.
/// </summary>
/// <remarks>A request that completes synchronously passes without a state machine.</remarks>
internal sealed class ErrorMiddleware(RequestDelegate next, ErrorResponder responder)
{
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of the application.")]
    public Task InvokeAsync(HttpContext context)
    {
        Task handled;
        try
        {
            handled = next(context);
        }
        catch (Exception exception)
        {
            return responder.RespondAsync(context, exception);
        }

        if (!handled.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, handled);
        }

        return IsBareError(context) ? RespondAsync(context) : Task.CompletedTask;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of the application.")]
    private async Task AwaitAsync(HttpContext context, Task handled)
    {
        try
        {
            await handled;
        }
        catch (Exception exception)
        {
            await responder.RespondAsync(context, exception);
            return;
        }

        if (IsBareError(context))
        {
            await RespondAsync(context);
        }
    }

    private Task RespondAsync(HttpContext context) =>
        AllowedMethods.TryAnswer(context) ? Task.CompletedTask : responder.RespondAsync(context, context.Response.StatusCode);

    private static bool IsBareError(HttpContext context)
    {
        var response = context.Response;
        return response.StatusCode is >= 400 and < 600 and not StatusCodes.Status499ClientClosedRequest
            && !response.HasStarted
            && response.ContentLength is null
            && string.IsNullOrEmpty(response.ContentType);
    }
}
