using System.Collections.Concurrent;
using System.Text;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application that keeps a record of every request: the framework's HTTP logging, with a function of the application's own that gets it.</summary>
public sealed class TelemetryTests
{
    private readonly ConcurrentQueue<Dictionary<string, object?>> records = new();

    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(
            Map,
            configure: builder =>
            {
                builder.Services.AddHttpLogging(logging =>
                {
                    logging.LoggingFields = HttpLoggingFields.RequestProperties | HttpLoggingFields.RequestQuery | HttpLoggingFields.ResponseStatusCode | HttpLoggingFields.ResponseBody;
                    (logging.RequestBodyLogLimit, logging.ResponseBodyLogLimit, logging.CombineLogs) = (20, 20, true);
                });
                builder.Services.AddSingleton<IHttpLoggingInterceptor>(new Interceptor(records));
                builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
            });

        await new TwinReplay("telemetry").RunAsync(twin);

        Assert.Equal(["/item/1/", "/item/x/", "/long/", "/crash/"], records.Select(record => record["Path"]!));
        Assert.Equal([200, 400, 200, 500], records.Select(record => record["StatusCode"]!));
    }

    private void Map(WebApplication app)
    {
        app.UseHttpLogging();
        app.UseFlamaErrors();
        app.MapGet("/item/{id}/", (int id, string? q) => new { id, q }).WithTags("item");
        app.MapGet("/silent/", () => new { silent = true }).WithHttpLogging(HttpLoggingFields.None);
        app.MapPost("/long/", (Text _) => new { text = new StringBuilder().Append('x', 50).ToString() });
        app.MapGet("/crash/", string () => throw new InvalidOperationException("broken"));
        app.MapGet("/records/", () => records).WithHttpLogging(HttpLoggingFields.None);
    }

    private sealed record Text(string Value);

    private sealed class Interceptor(ConcurrentQueue<Dictionary<string, object?>> records) : IHttpLoggingInterceptor
    {
        public ValueTask OnRequestAsync(HttpLoggingInterceptorContext logContext) => ValueTask.CompletedTask;

        public ValueTask OnResponseAsync(HttpLoggingInterceptorContext logContext)
        {
            if (logContext.HttpContext.GetEndpoint() is not null && logContext.LoggingFields != HttpLoggingFields.None)
            {
                Dictionary<string, object?> record = new(StringComparer.Ordinal)
                {
                    ["Path"] = logContext.HttpContext.Request.Path.Value,
                    ["StatusCode"] = logContext.HttpContext.Response.StatusCode,
                };
                records.Enqueue(record);
            }

            return ValueTask.CompletedTask;
        }
    }
}
