using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Streaming;

/// <summary>Maps <c>{url}stream/</c>: lines of rows by POST, messages of rows by WebSocket. Only for models that predict.</summary>
internal static class StreamEndpoints
{
    /// <summary>The last segment of the path.</summary>
    public const string Name = "stream";

    public static void Map(IEndpointRouteBuilder builder, ModelRoute served, LoadedModel resource, HttpServices http)
    {
        if (resource.Model.FindMethod(ModelMethod.Predict) is null)
        {
            return;
        }

        var services = http.Streams;
        var path = $"{served.Url}{Name}/";
        RequestDelegate lines = new LineStream(served, services).HandleAsync;
        var mapped = builder.MapMethods(path, [HttpMethods.Post], lines)
            .WithMetadata(lines.Method, new ModelOperation(served, ModelMethod.Predict, IsStream: true), new NoSizeLimit())
            .WithDisplayName($"{served.Name}: {Name}");
        http.Keys.Protect(mapped, ApiKeyDefaults.PredictPolicy, served.Served.Name);

        mapped = builder.Map(path, Sockets(builder, new SocketStream(served, services).HandleAsync))
            .ExcludeFromDescription()
            .WithDisplayName($"{served.Name}: {Name} by WebSocket");
        http.Keys.Protect(mapped, ApiKeyDefaults.PredictPolicy, served.Served.Name);
    }

    /// <summary>Puts the framework's middleware in front of what answers a WebSocket.</summary>
    /// <remarks>
    /// It stands only in front of this endpoint, which takes every other method and tells itself which of them work: an upgrade is a CONNECT in HTTP/2 and
    /// nothing in HTTP/1.1.
    /// </remarks>
    public static RequestDelegate Sockets(IEndpointRouteBuilder builder, RequestDelegate handler)
    {
        var sockets = builder.CreateApplicationBuilder();
        sockets.Use(next => context => SocketTransport.InvokeAsync(context, next));
        sockets.UseWebSockets();
        sockets.Run(handler);
        return sockets.Build();
    }

    /// <summary>A stream has no end that could be too far; its lines have limits.</summary>
    public sealed class NoSizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
