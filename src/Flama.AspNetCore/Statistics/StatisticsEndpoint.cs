using Flama.Hosting.Predictions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Flama.AspNetCore.Statistics;

/// <summary>Answers with the figures as JSON.</summary>
internal sealed class StatisticsEndpoint(PredictionStatistics statistics)
{
    public async Task HandleAsync(HttpContext context)
    {
        var json = StatisticsDocument.Write(statistics);
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = HeaderNames.Accept;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(json, context.RequestAborted);
        }
    }
}
