using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flama.Cli.Serving;

/// <summary>The steps that server options put around the application. An option that is not used costs a request nothing.</summary>
internal static class ServerPipeline
{
    /// <summary>The steps outside of the error answers: what holds for every answer.</summary>
    public static IStartupFilter Outer(ServerOptions options) => new Filter(app =>
    {
        if (options.TrustedProxies is { } proxies)
        {
            app.UseForwardedHeaders(Forwarding(proxies));
        }

        if (options.Headers.Count > 0)
        {
            app.Use(next => context =>
            {
                context.Response.OnStarting(AddHeaders, (context.Response, options.Headers));
                return next(context);
            });
        }
    });

    /// <summary>The steps inside of the error answers, which give a refusal its body.</summary>
    public static IStartupFilter Inner(ServerOptions options) => new Filter(app =>
    {
        if (options.LimitConcurrency is not null || options.LimitMaxRequests is not null)
        {
            RequestLimits limits = new(
                options.LimitConcurrency, options.LimitMaxRequests, app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>());
            app.Use(next => context => limits.InvokeAsync(context, next));
        }

        if (options.RootPath.Length > 0)
        {
            PathString root = options.RootPath;
            app.Use(next => context =>
            {
                // A proxy may or may not cut the path off; links carry it in both cases.
                var request = context.Request;
                request.Path = request.Path.StartsWithSegments(root, StringComparison.Ordinal, out var rest) ? rest : request.Path;
                request.PathBase = root;
                return next(context);
            });
        }
    });

    private static ForwardedHeadersOptions Forwarding(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        ForwardedHeadersOptions forwarding = new()
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        forwarding.KnownIPNetworks.Clear();
        forwarding.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            forwarding.KnownIPNetworks.Add(proxy);
        }

        return forwarding;
    }

    private static Task AddHeaders(object state)
    {
        var (response, headers) = ((HttpResponse, IReadOnlyList<KeyValuePair<string, string>>))state;
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAdd(name, value);
        }

        return Task.CompletedTask;
    }

    private sealed class Filter(Action<IApplicationBuilder> configure) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            configure(app);
            next(app);
        };
    }
}
