using System.Buffers;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Inspect;

/// <summary>Answers <c>GET {url}</c> with the model's metadata and artifacts. The answer is made once for a model.</summary>
internal sealed class InspectEndpoint(ModelRoute served, bool hasModelHeaders, bool hidesInternals)
{
    public Task HandleAsync(HttpContext context)
    {
        using var lease = served.Acquire();
        var document = served.Inspect(lease.Loaded, hidesInternals);
        var response = context.Response;
        if (hasModelHeaders)
        {
            ModelHeaders.Set(response, lease.Loaded);
        }

        response.ContentType = "application/json";
        response.ContentLength = document.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.BodyWriter.Write(document.Span);
        }

        return Task.CompletedTask;
    }
}
