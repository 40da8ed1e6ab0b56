using System.Net;
using System.Security.Claims;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.Hosting;
using Flama.Hosting.Auditing;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Auditing;

/// <summary>Writes an entry for each request when it has ended. Thread-safe.</summary>
internal sealed class RequestAudit(RequestDelegate next, AuditLog log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<Unaudited>() is null)
            {
                log.Write(Describe(context));
            }
        }
    }

    private static AuditRecord Describe(HttpContext context)
    {
        var (request, user) = (context.Request, context.User);
        var served = context.GetEndpoint()?.Metadata.GetMetadata<ModelOperation>()?.Model.Served;
        return new($"{request.Method} {request.PathBase}{request.Path}")
        {
            Who = user.FindFirst(ClaimTypes.Name)?.Value,
            Credential = user.FindFirst(ClaimTypes.NameIdentifier)?.Value,
            Address = AddressOf(context.Connection.RemoteIpAddress),
            Model = served?.Name,
            Digest = ModelHeaders.DigestOf(context.Response) ?? (served is null ? null : DigestOf(served)),
            Status = context.Response.StatusCode,
            Id = context.TraceIdentifier,
        };
    }

    private static string? AddressOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();

    // Of a request that did not get as far as the model.
    private static string? DigestOf(ServedModel served)
    {
        if (!served.IsLoaded)
        {
            return null;
        }

        try
        {
            using var lease = served.Acquire();
            return lease.Loaded.Digest;
        }
        catch (ObjectDisposedException)
        {
            // The application has ended in between.
            return null;
        }
    }
}
