using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Errors;

/// <summary>OPTIONS of every path: the methods that it answers, as routing found them when it refused the request.</summary>
internal static class AllowedMethods
{
    /// <summary>Adds OPTIONS to the methods of a refused request, and answers it where it asks for them.</summary>
    /// <returns>Whether the request is answered.</returns>
    public static bool TryAnswer(HttpContext context)
    {
        var response = context.Response;
        if (response.StatusCode != StatusCodes.Status405MethodNotAllowed || response.Headers.Allow is not [{ Length: > 0 } methods])
        {
            return false;
        }

        if (!methods.Contains(HttpMethods.Options, StringComparison.Ordinal))
        {
            response.Headers.Allow = $"{methods}, {HttpMethods.Options}";
        }

        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return false;
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
