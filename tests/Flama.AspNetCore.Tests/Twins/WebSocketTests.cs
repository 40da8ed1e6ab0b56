using System.Net.WebSockets;
using System.Text.Json;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application with WebSocket endpoints.</summary>
public sealed class WebSocketTests
{
    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(Map);

        await new TwinReplay("websocket").RunAsync(twin);
    }

    private static void Map(WebApplication app)
    {
        app.MapWebSocket("/text/", async socket =>
        {
            await foreach (var text in socket.ReadTextAsync())
            {
                await socket.SendTextAsync($"echo: {text}");
            }
        });
        app.MapWebSocket("/json/", async socket =>
        {
            await foreach (var value in socket.ReadJsonAsync<JsonElement>())
            {
                await socket.SendJsonAsync(new { echo = value });
            }
        });
        app.MapWebSocket("/bytes/", async socket =>
        {
            await foreach (var bytes in socket.ReadBytesAsync())
            {
                await socket.SendBytesAsync(bytes.ToArray().Reverse().ToArray());
            }
        });
        app.MapWebSocket("/greet/", async socket =>
        {
            await socket.SendTextAsync($"hello {socket.Context.Request.Query["name"]}");
            await socket.CloseAsync((WebSocketCloseStatus)4001);
        });
        app.MapWebSocket("/named/{name}/", socket => socket.SendTextAsync($"hello {socket.Context.Request.RouteValues["name"]}").AsTask());
    }
}
