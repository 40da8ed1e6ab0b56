using Flama.Hosting.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Health;

/// <summary>Answers one question about the application: its models, and the health checks that it has beside them.</summary>
internal sealed class HealthEndpoint(HealthProbe probe, HealthQuestion question)
{
    public async Task HandleAsync(HttpContext context)
    {
        var answer = probe.Answer(question);
        if (question is HealthQuestion.All or HealthQuestion.Ready)
        {
            answer = await WithOthersAsync(answer, context);
        }

        var json = answer.ToJson();
        var response = context.Response;
        response.StatusCode = answer.HttpStatus;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(json, context.RequestAborted);
        }
    }

    private async ValueTask<HealthAnswer> WithOthersAsync(HealthAnswer answer, HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetService<HealthCheckService>() is not { } checks || services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Count < 2)
        {
            return answer;
        }

        var report = await checks.CheckHealthAsync(
            check => check.Name != FlamaHostingExtensions.HealthCheckName && (question == HealthQuestion.All || check.Tags.Contains("ready")), context.RequestAborted);
        return answer with
        {
            Status = report.Entries.Count > 0 && report.Status < answer.Status ? report.Status : answer.Status,
            Checks = [.. report.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Status))],
        };
    }
}
