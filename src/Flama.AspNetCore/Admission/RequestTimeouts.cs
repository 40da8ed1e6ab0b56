using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Admission;

/// <summary>The time that a request may take, by the framework's own middleware.</summary>
internal static class RequestTimeouts
{
    /// <summary>Gives an endpoint its time, where there is one.</summary>
    public static void Limit(IEndpointConventionBuilder endpoint, TimeSpan? time)
    {
        if (time is not null)
        {
            endpoint.WithMetadata(new RequestTimeoutPolicy { Timeout = time, TimeoutStatusCode = StatusCodes.Status504GatewayTimeout });
        }
    }

    /// <summary>The time that requests of an endpoint may take, as the middleware would find it; null for any.</summary>
    public static TimeSpan? Of(Endpoint endpoint, IServiceProvider services)
    {
        var (metadata, options) = (endpoint.Metadata, services.GetRequiredService<IOptions<RequestTimeoutOptions>>().Value);
        return metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null ? null
            : metadata.GetMetadata<RequestTimeoutAttribute>() is not { } said ? (metadata.GetMetadata<RequestTimeoutPolicy>() ?? options.DefaultPolicy)?.Timeout
            : said.PolicyName is { } name ? options.Policies[name].Timeout
            : said.Timeout;
    }

    /// <summary>Whether a request ended because its time was over, rather than that its client left.</summary>
    public static bool HasExpired(HttpContext context, Exception exception) =>
        exception is OperationCanceledException && context.Features.Get<IHttpRequestTimeoutFeature>() is { RequestTimeoutToken.IsCancellationRequested: true };

    /// <summary>What such a request is answered.</summary>
    public static FlamaException Failure() => new(ErrorCodes.TimedOut, "The request took longer than it may.", "Send fewer rows per request, or send it again later.");
}
