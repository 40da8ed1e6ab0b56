using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application that answers in pieces.</summary>
public sealed class StreamingTests
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(Map, configure: builder => builder.Services.AddFlama().AddModel("text", TwoModelsTests.PathOf("text.flm")));

        await new TwinReplay("streaming").RunAsync(twin);
    }

    private static void Map(WebApplication app)
    {
        app.MapModels();
        app.MapMethods("/events/", ["GET", "HEAD"], () => TypedResults.ServerSentEvents(Events()));
        app.MapGet("/failing/", () => TypedResults.ServerSentEvents(Failing()));
        app.MapGet("/lines/", () => TypedResults.Stream(
            async body =>
            {
                for (var n = 0; n < 3; n++)
                {
                    await JsonSerializer.SerializeAsync(body, new { n, t = "é" }, Json);
                    await body.WriteAsync("\n"u8.ToArray());
                }
            },
            "application/x-ndjson"));
    }

    private static async IAsyncEnumerable<SseItem<string>> Events()
    {
        yield return new SseItem<string>("plain");
        yield return new SseItem<string>("""{"n":1}""", "tick") { EventId = "1", ReconnectionInterval = TimeSpan.FromSeconds(3) };
        await Task.Yield();
        yield return new SseItem<string>("two\nlines");
    }

    private static async IAsyncEnumerable<string> Failing([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return "first";
        await Task.Delay(1, cancellationToken);
        throw new InvalidOperationException("broken");
    }
}
