using Flama.AspNetCore;
using Flama.Cli.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Flama.Cli.Serving;

/// <summary>The steps that server options put around the application. An option that is not used costs a request nothing.</summary>
internal static class ServerPipeline
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    /// <summary>The steps outside of the error answers: what holds for every answer.</summary>
    public static IStartupFilter Outer(SettingValues values) => new Filter(app =>
    {
        if (values.Get(ServerSettings.RequestId))
        {
            app.UseFlamaRequestIds();
        }

        if (values.Get(ServerSettings.ProxyHeaders))
        {
            app.UseForwardedHeaders(Forwarding(Kinds.NetworksOf(values.Get(ServerSettings.ForwardedAllowIps))!));
        }

        if (values.IsSet(ServerSettings.Audit))
        {
            app.UseFlamaAudit();
        }

        var headers = HeadersOf(values);
        if (headers.Count > 0)
        {
            app.Use(next => context =>
            {
                context.Response.OnStarting(AddHeaders, (context.Response, headers));
                return next(context);
            });
        }

        if (values.IsSet(ServerSettings.CorsOrigins))
        {
            app.UseCors(policy => Allow(policy, values));
        }
    });

    /// <summary>The services of the steps.</summary>
    public static void AddServices(IServiceCollection services, SettingValues values)
    {
        if (values.IsSet(ServerSettings.CorsOrigins))
        {
            services.AddCors();
        }

        if (values.IsSet(ServerSettings.AllowedHosts))
        {
            services.AddHostFiltering(filtering =>
            {
                filtering.AllowedHosts = [.. values.GetAll(ServerSettings.AllowedHosts)];
                filtering.IncludeFailureMessage = false;
            });
        }
    }

    /// <summary>The access log, around everything else, the answers to errors included.</summary>
    public static IStartupFilter Log(AccessLog log) => new Filter(app => app.UseFlamaAccessLog(log));

    /// <summary>The error answers of every path.</summary>
    public static IStartupFilter Errors { get; } = new Filter(app => app.UseFlamaErrors());

    /// <summary>The steps inside of the error answers, which give a refusal its body.</summary>
    public static IStartupFilter Inner(SettingValues values) => new Filter(app =>
    {
        if (values.IsSet(ServerSettings.AllowedHosts))
        {
            app.UseHostFiltering();
        }

        if (values.Get(ServerSettings.AllowIps) is { } list)
        {
            app.UseFlamaAddressList(Kinds.NetworksOf(list)!);
        }

        app.UseFlamaRequestLimits(values.Apply);

        if (values.Get(ServerSettings.RootPath).TrimEnd('/') is { Length: > 0 } path)
        {
            PathString root = path;
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

    /// <summary>The headers of every answer.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> HeadersOf(SettingValues values) =>
    [
        .. values.Get(ServerSettings.ServerHeader) ? [new KeyValuePair<string, string>("Server", "flama")] : Array.Empty<KeyValuePair<string, string>>(),
        .. values.GetAll(ServerSettings.Headers).Select(text => Kinds.HeaderOf(text)!.Value),
    ];

    private static void Allow(CorsPolicyBuilder policy, SettingValues values)
    {
        // With credentials, a star is refused before.
        var origins = values.GetAll(ServerSettings.CorsOrigins);
        policy = origins.Contains("*", StringComparer.Ordinal) ? policy.AllowAnyOrigin() : policy.WithOrigins([.. origins.Select(origin => origin.TrimEnd('/'))]);
        policy.AllowAnyHeader()
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post)
            .WithExposedHeaders(HeaderNames.RetryAfter, "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
            .SetPreflightMaxAge(PreflightAge);
        if (values.Get(ServerSettings.CorsCredentials))
        {
            policy.AllowCredentials();
        }
    }

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
