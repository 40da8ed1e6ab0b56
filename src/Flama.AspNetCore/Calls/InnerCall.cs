using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Calls;

/// <summary>Lets an endpoint of a model answer within a request of another protocol, as if a client had sent it a request of its own: with its gate, limits, cache, log and errors.</summary>
internal static class InnerCall
{
    /// <summary>Asks the endpoint.</summary>
    /// <param name="outer">The request at hand: whose services, connection and trace the inner one has.</param>
    /// <param name="way">What answers, and to whom.</param>
    /// <param name="place">What routing would have found in the path.</param>
    /// <param name="query">The query with its question mark; empty for none.</param>
    /// <param name="body">The body, JSON; empty for a request without one.</param>
    /// <param name="time">The longest that it may take; null for any time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<InnerAnswer> AskAsync(
        HttpContext outer, InnerWay way, RouteValueDictionary place, string query, ReadOnlyMemory<byte> body, TimeSpan? time, CancellationToken cancellationToken)
    {
        using var aborting = CancellationTokenSource.CreateLinkedTokenSource(outer.RequestAborted, cancellationToken);
        using InnerTimeout? timeout = time is { } limit ? new(limit, aborting) : null;
        using MemoryStream written = new();
        InnerResponse response = new(written, aborting);
        FeatureCollection features = new();
        features.Set<IHttpRequestFeature>(RequestOf(outer, query, body.Length));
        features.Set<IRequestBodyPipeFeature>(new InnerBody(PipeReader.Create(new ReadOnlySequence<byte>(body))));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpRequestLifetimeFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(written));
        features.Set<IRouteValuesFeature>(new RouteValuesFeature { RouteValues = new RouteValueDictionary(place) });
        features.Set<IHttpAuthenticationFeature>(new HttpAuthenticationFeature { User = way.User });
        Share<IServiceProvidersFeature>(outer, features);
        Share<IHttpConnectionFeature>(outer, features);
        Share<IHttpRequestIdentifierFeature>(outer, features);
        if (timeout is not null)
        {
            features.Set<IHttpRequestTimeoutFeature>(timeout);
        }

        DefaultHttpContext inner = new(features);
        inner.SetEndpoint(way.Endpoint);
        try
        {
            await way.Answer(inner);
            await inner.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        finally
        {
            await response.CompleteAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return response.IsAborted ? new InnerAnswer(StatusCodes.Status500InternalServerError, default) : new InnerAnswer(response.StatusCode, written.ToArray());
    }

    private static HttpRequestFeature RequestOf(HttpContext outer, string query, int length)
    {
        HttpRequestFeature request = new()
        {
            Method = length > 0 ? HttpMethods.Post : HttpMethods.Get,
            Protocol = outer.Request.Protocol,
            Scheme = outer.Request.Scheme,
            PathBase = outer.Request.PathBase.Value ?? "",
            Path = outer.Request.Path.Value ?? "/",
            QueryString = query,
        };
        request.Headers.Host = outer.Request.Headers.Host;
        request.Headers.TraceParent = outer.Request.Headers.TraceParent;
        if (length > 0)
        {
            request.Headers.ContentType = "application/json";
            request.Headers.ContentLength = length;
        }

        return request;
    }

    private static void Share<T>(HttpContext outer, FeatureCollection features) => features.Set(outer.Features.Get<T>());

    private sealed class InnerBody(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
