using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Caching;
using Flama.AspNetCore.Memory;
using Flama.AspNetCore.Models;
using Flama.Hosting;
using Flama.Hosting.Batching;
using Flama.Hosting.Diagnostics;
using Flama.Hosting.Predictions;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Answers <c>POST {url}{method}/</c>: an input in, an answer out. Thread-safe.</summary>
/// <param name="served">The route whose model answers.</param>
/// <param name="name">The method's name.</param>
/// <param name="place">Where the method stands in the list of the model that the endpoint was made for.</param>
/// <param name="degree">On how many threads the rows of a request may be computed.</param>
/// <param name="services">What all such endpoints share.</param>
internal sealed class PredictEndpoint(ModelRoute served, string name, int place, int degree, PredictServices services)
{
    private const string CacheHeader = "X-Cache", Hit = "hit", Miss = "miss";

    private readonly bool hasIncludes = string.Equals(name, ModelMethod.Predict, StringComparison.Ordinal);
    private readonly TimeSpan? cacheTime = services.Cache?.Options.TimeOf(served.Served.Name);
    private readonly ModelGate? gate = services.Gates.Of(served.Served);
    private readonly CallQueues? queues = CallQueues.For(served.Served, degree, services.Time);

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request: step 5.")]
    public async Task HandleAsync(HttpContext context)
    {
        using var span = RequestSpans.StartRequest(context);
        var measure = PredictMeasure.Begin(served.Served, name, services.Watch);
        try
        {
            // 1 find: routing chose this endpoint, which holds the route of its model. A method that went with a replaced model is not there.
            using var lease = served.Acquire();
            var resource = lease.Loaded;
            if (resource.FindMethod(name, place) is not { } method)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            measure.Find(served.Served, resource, method);
            if (services.HasModelHeaders)
            {
                ModelHeaders.Set(context.Response, resource);
            }

            gate?.Check(context);
            var started = services.Time.GetTimestamp();
            var includes = hasIncludes ? PredictIncludeReader.Read(context.Request, resource, services) : PredictIncludes.None;

            // 2 read
            ModelInput input;
            using (RequestSpans.Start(RequestSpans.Read))
            {
                input = await services.Reader.ReadAsync(context, method, resource.ReaderOf(method), gate);
            }

            services.InputLimit?.Check(input);
            measure.Read(input);

            // 3 predict
            var rows = input.Rows;
            using var extras = includes == PredictIncludes.None ? null : new PredictExtras(resource, includes);
            if (cacheTime is { } time && rows <= services.Cache!.Options.MaxRows && !(method.Input is TensorsSpec && TensorBody.IsAccepted(context.Request)))
            {
                using var call = CallOf(context, resource, method, input, extras);
                var answer = await FindOrPredictAsync(context, resource, method, input, includes, call, time);
                extras?.Set(services.Time.GetElapsedTime(started), isCached: call.Output is null);
                measure.Compute(rows, call.Output, answer);
                using (RequestSpans.Start(RequestSpans.Write))
                {
                    await services.Writer.WriteAsync(context, answer, extras);
                }
            }
            else
            {
                using var output = await PredictAsync(context, resource, method, input, extras);
                extras?.Set(services.Time.GetElapsedTime(started), isCached: false);
                measure.Compute(rows, output);

                // 4 write
                using (RequestSpans.Start(RequestSpans.Write))
                {
                    await services.Writer.WriteAsync(context, output, extras);
                }
            }

            // Before the client sees the end of its answer and sends the next request.
            services.Memory.Release(context);
        }
        catch (Exception exception)
        {
            // 5 fail
            measure.Fail(context, exception);
            await services.Errors.RespondAsync(context, exception);
        }
        finally
        {
            measure.End(context, context.Response.StatusCode);
        }
    }

    private ValueTask<ModelOutput> PredictAsync(HttpContext context, LoadedModel resource, ModelMethod method, ModelInput input, PredictExtras? extras) => gate is null
        ? ComputeAsync(context, resource, method, input, extras)
        : PredictInTurnAsync(gate, context, resource, method, input, extras);

    private async ValueTask<ModelOutput> PredictInTurnAsync(ModelGate gate, HttpContext context, LoadedModel resource, ModelMethod method, ModelInput input, PredictExtras? extras)
    {
        // Disposed here too where there is no place.
        using (input)
        {
            using var entered = await gate.EnterAsync(context, waitsAnyTime: false, context.RequestAborted);
            return await ComputeAsync(context, resource, method, input, extras);
        }
    }

    // With others where the model is so served; what is asked for beside the answer is computed with it.
    private ValueTask<ModelOutput> ComputeAsync(HttpContext context, LoadedModel resource, ModelMethod method, ModelInput input, PredictExtras? extras) =>
        extras is null && queues?.Of(method, input) is { } queue
            ? PredictTogetherAsync(queue, context, resource, method, input)
            : ValueTask.FromResult(Predict(context, method, input, extras));

    private async ValueTask<ModelOutput> PredictTogetherAsync(CallQueue queue, HttpContext context, LoadedModel resource, ModelMethod method, ModelInput input)
    {
        using (input)
        {
            services.Memory.Hold(context, Footprint.OfCall(method, input));
            return await queue.InvokeAsync(resource, input, context.RequestAborted);
        }
    }

    // The rows are given back before the answer is written: a client may take its time.
    private ModelOutput Predict(HttpContext context, ModelMethod method, ModelInput input, PredictExtras? extras)
    {
        using (input)
        {
            services.Memory.Hold(context, Footprint.OfCall(method, input) + (extras?.SizeFor(input) ?? 0));
            InvokeOptions options = new(degree, context.RequestAborted);
            var output = MeasuredCall.Invoke(served.Served.Name, method, input, options);
            try
            {
                extras?.Compute(input, options);
                return output;
            }
            catch
            {
                output.Dispose();
                throw;
            }
        }
    }

    // In a method of its own: what it captures is allocated for requests of the cache only.
    private CachedCall CallOf(HttpContext context, LoadedModel resource, ModelMethod method, ModelInput input, PredictExtras? extras) =>
        new(services.Buffers, () => PredictAsync(context, resource, method, input, extras), () => extras?.Probabilities, () => AnswerForm.Of(method));

    private async ValueTask<byte[]> FindOrPredictAsync(
        HttpContext context, LoadedModel resource, ModelMethod method, ModelInput input, PredictIncludes includes, CachedCall call, TimeSpan time)
    {
        using (input)
        {
            var cache = services.Cache!;
            var key = KeyOf(resource, method, input, includes & PredictIncludes.Probabilities);
            var answer = cache.Find(key) ?? await cache.GetAsync(key, time, resource.Digest is not null, call, context.RequestAborted);
            var result = call.Output is null ? Hit : Miss;
            context.Response.Headers[CacheHeader] = result;
            FlamaDiagnostics.NoteCache(served.Served.Name, result);
            return answer;
        }
    }

    private PredictionKey KeyOf(LoadedModel resource, ModelMethod method, ModelInput input, PredictIncludes includes)
    {
        var buffer = services.Buffers.Rent();
        try
        {
            return PredictionKey.Of(resource, method, includes, input, buffer);
        }
        finally
        {
            services.Buffers.Return(buffer);
        }
    }
}
