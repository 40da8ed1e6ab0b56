using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application with hosts, origins, compression, request ids and a session.</summary>
public sealed class MiddlewareTests
{
    private const string CorrelationId = "X-Correlation-Id";

    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(
            Map,
            configure: builder =>
            {
                builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["127.0.0.1", "*.example.com"]);
                builder.Services.AddCors();
                builder.Services.AddResponseCompression();
                builder.Services.AddDistributedMemoryCache();
                builder.Services.AddDataProtection();
                builder.Services.AddSession(session => (session.Cookie.Name, session.Cookie.MaxAge, session.IdleTimeout) = ("session", TimeSpan.FromDays(14), TimeSpan.FromDays(14)));
            });
        TwinReplay replay = null!;
        replay = new("middleware")
        {
            Answered = (id, answer) =>
            {
                if (id == "count 1")
                {
                    replay.Values["$cookie"] = answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
                }

                return Task.CompletedTask;
            },
        };

        await replay.RunAsync(twin);
    }

    private static void Map(WebApplication app)
    {
        app.UseHostFiltering();
        app.UseCors(origins => origins.WithOrigins("https://a.example").WithMethods("GET", "POST").WithHeaders("X-Key").AllowCredentials().SetPreflightMaxAge(TimeSpan.FromSeconds(30)));
        app.UseResponseCompression();
        app.Use((context, next) =>
        {
            context.Response.Headers[CorrelationId] = context.Request.Headers.TryGetValue(CorrelationId, out var given) ? given : context.TraceIdentifier;
            return next(context);
        });
        app.UseSession();
        app.MapGet("/big/", () => new { text = string.Concat(Enumerable.Repeat("abc", 200)) });
        app.MapGet("/small/", () => new { ok = true });
        app.MapGet("/count/", (HttpContext context) =>
        {
            var n = (context.Session.GetInt32("n") ?? 0) + 1;
            context.Session.SetInt32("n", n);
            return new { n };
        });
    }
}
