using System.Net;
using System.Net.Sockets;
using System.Text;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Flama.Tests;

/// <summary>Clients that close their side of the connection behind the request.</summary>
public class HalfCloseTests
{
    private const int Tries = 40;
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private const string Post = "POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"input\":[[1,1]]}";

    [Theory]
    [InlineData(Get)]
    [InlineData(Post)]
    public async Task Request_FollowedByTheEndOfTheClientsSide_IsAnswered(string request)
    {
        await using var host = await StartAsync(FakeModels.Linear());

        var answers = 0;
        for (var i = 0; i < Tries; i++)
        {
            answers += (await AskAsync(host, request)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(Tries, answers);
    }

    [Fact]
    public async Task Answer_ThatTakesLongerThanTheServersPatience_IsGivenUp()
    {
        using SemaphoreSlim reached = new(0);
        using SemaphoreSlim goOn = new(0);
        await using var host = await StartAsync(FakeModels.Waiting(reached, goOn, 1), TimeSpan.FromMilliseconds(10));

        var asking = AskAsync(host, Post.Replace("[1,1]", "[12]", StringComparison.Ordinal).Replace("17", "16", StringComparison.Ordinal));
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        var answer = await asking;
        goOn.Release();

        Assert.Equal("", answer);
        Assert.DoesNotContain(host.Log.All, line => line.Id is 2001 or 2002);
    }

    private static Task<FlamaHost> StartAsync(FakeModel model, TimeSpan? patience = null) => FlamaHost.StartAsync(
        app => app.MapModel("/", model),
        configure: builder => builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.AnswerHalfClosedConnections(patience))));

    private static async Task<string> AskAsync(FlamaHost host, string request)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        StringBuilder answer = new();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
            {
                answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // The server reset the connection.
        }

        return answer.ToString();
    }
}
