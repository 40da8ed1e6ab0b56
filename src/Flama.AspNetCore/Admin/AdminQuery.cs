using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Admin;

/// <summary>What a request of an operator says beside the model's name.</summary>
/// <param name="Version">The version or label; null when none is named.</param>
/// <param name="Label">The label to give; null when none is named.</param>
/// <param name="Cancellation">Ends with the request.</param>
internal readonly record struct AdminQuery(string? Version, string? Label, CancellationToken Cancellation)
{
    /// <summary>Reads the query of a request.</summary>
    public static AdminQuery Of(HttpContext context) => new(Text(context, "version"), Text(context, "label"), context.RequestAborted);

    private static string? Text(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } only] ? only : null;
}
