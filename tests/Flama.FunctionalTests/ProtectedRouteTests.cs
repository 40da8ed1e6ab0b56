using Flama.Hosting.Keys;
using Flama.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flama.FunctionalTests;

/// <summary>Every route that an application with everything has, found by asking it: one that is added later and open is seen here.</summary>
public sealed class ProtectedRouteTests : IAsyncLifetime
{
    // What anybody may reach. The page of statistics has the path of its figures, which are what a program gets.
    private static readonly string[] Open = ["/health/", "/health/live/", "/health/ready/", "/health/startup/", "/schema/", "/docs/"];

    // Below these are scripts and styles of pages.
    private static readonly string[] Pages = ["/docs/", "/stats/"];

    private readonly TemporaryDirectory directory = new();
    private WebApplication application = null!;

    private Uri Address => new(application.Urls.First());

    public async ValueTask InitializeAsync()
    {
        ApiKeyFile.Add(directory.PathOf("keys.json"), "web", [ApiKeyScopes.Predict]);
        Directory.CreateDirectory(directory.PathOf("models/led/1"));
        File.Copy(Xor.Path, directory.PathOf("models/led/1/model.flm"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Services.AddFlama()
            .AddModel("xor", Xor.Path)
            .AddRepository(directory.PathOf("models"))
            .AddApiKeys(directory.PathOf("keys.json"))
            .AddFlamaMetrics()
            .AddFlamaStatistics()
            .AddFlamaCache()
            .AddMcp();
        application = builder.Build();
        application.UseFlamaErrors();
        application.MapModels();
        application.MapFlama();
        application.MapFlamaMetrics();
        application.MapFlamaStatistics("/stats/");
        application.MapFlamaHealth();
        application.MapFlamaAdmin();
        application.MapMcp();
        await application.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Routes_WithoutAKey_AreNotReachedByAnySpelling()
    {
        var routes = Routes();
        List<string> reached = [];
        foreach (var (method, path) in routes)
        {
            foreach (var spelling in OddRequests.Spellings)
            {
                foreach (var verb in new[] { method, "GET", "POST" }.Distinct(StringComparer.Ordinal))
                {
                    await TryAsync(reached, verb, spelling(path), "", "HTTP/1.1");
                }
            }

            foreach (var verb in new[] { "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PRI", "get", method.ToLowerInvariant() })
            {
                await TryAsync(reached, verb, path, "", "HTTP/1.1");
            }

            await TryAsync(reached, method, path, "", "HTTP/1.0");
            foreach (var extra in OddRequests.Extras)
            {
                if (await OddRequests.SendAsync(Address, method, path, extra) is not 401 and var status)
                {
                    reached.Add($"{method} {path} with {extra}: {status}");
                }
            }
        }

        Assert.True(reached.Count == 0, string.Join('\n', reached));

        // What is enumerated is what there is: methods and streams of both kinds of models, inspect, versions, metrics, the six routes of operators.
        Assert.Superset(
            new HashSet<string>(
                ["POST /xor/predict/", "POST /xor/stream/", "GET /xor/stream/", "GET /xor/", "HEAD /xor/", "POST /led/predict/", "GET /led/versions/", "POST /led/versions/1/predict/",
                    "GET /metrics", "GET /admin/models/", "POST /admin/models/led/load/", "POST /admin/models/led/rollback/"],
                StringComparer.Ordinal),
            routes.Select(route => $"{route.Method} {route.Path}").ToHashSet(StringComparer.Ordinal));
    }

    private async Task TryAsync(List<string> reached, string verb, string target, string header, string version)
    {
        // OPTIONS tells the methods of a path, to anybody.
        if (await OddRequests.SendAsync(Address, verb, target, header, version) is < 300 and not 0 and var status && !(verb == "OPTIONS" && status is 200 or 204))
        {
            reached.Add($"{verb} {target} {version}: {status}");
        }
    }

    private List<(string Method, string Path)> Routes()
    {
        List<(string Method, string Path)> routes = [];
        foreach (var endpoint in application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
                .Replace("{model}", "led", StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal).Replace("{method}", "predict", StringComparison.Ordinal);
            Assert.DoesNotContain("{", path, StringComparison.Ordinal);
            if (Open.Contains($"{path.TrimEnd('/')}/", StringComparer.Ordinal) || (Pages.Any(page => path.StartsWith(page, StringComparison.Ordinal)) && Path.HasExtension(path)))
            {
                continue;
            }

            // Endpoints for any method are those of WebSockets.
            routes.AddRange((endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, path)));
        }

        return [.. routes.Distinct()];
    }
}
