using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore.Models;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Answers <c>POST {url}{method}/</c>: rows in, one answer a row out. Thread-safe.</summary>
internal sealed class PredictEndpoint(ModelResource resource, ModelMethod method, PredictServices services)
{
    private readonly bool hasIncludes = string.Equals(method.Name, ModelMethod.Predict, StringComparison.Ordinal);

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request: step 5.")]
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            // 1 find: routing chose this endpoint, which holds its model and method.
            var started = services.Time.GetTimestamp();
            var includes = hasIncludes ? PredictIncludeReader.Read(context.Request, resource) : PredictIncludes.None;

            // 2 read
            using var input = await services.Reader.ReadAsync(context, resource.Reader);

            // 3 predict
            using var output = method.Invoke(input);
            using var extras = includes == PredictIncludes.None ? null : new PredictExtras(resource, includes);
            if (extras is not null)
            {
                extras.Compute(input);
                extras.Latency = services.Time.GetElapsedTime(started);
            }

            // 4 write
            await services.Writer.WriteAsync(context, output, extras);
        }
        catch (Exception exception)
        {
            // 5 fail
            await services.Errors.RespondAsync(context, exception);
        }
    }
}
