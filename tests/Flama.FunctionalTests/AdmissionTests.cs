using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>How much work a server takes at a time, seen from its clients.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task Requests_MoreThanCanBeComputed_AreRefusedAtOnce_AndTheOthersAnswered()
    {
        await using var server = await FlamaServer.StartAsync(
            [Churn.Path, "--server-port=0", "--server-limit-model-concurrency=1", "--server-limit-model-queue=1", "--server-timeout-request=60", "--server-no-access-log"]);

        var body = Encoding.UTF8.GetBytes($"{{\"input\":[{string.Join(',', Enumerable.Repeat(Churn.Row, 5000))}]}}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => server.PostAsync("/predict/", body)));
        using var after = await server.PostAsync("/predict/", $"{{\"input\":[{Churn.Row}]}}");

        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Body_ThatDoesNotComeInTime_Is504()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-timeout-request=0.2"]);
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();

        await stream.WriteAsync(
            "POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"input\":"u8.ToArray(), TestContext.Current.CancellationToken);
        using StreamReader reader = new(stream);

        Assert.Equal("HTTP/1.1 504 Gateway Timeout", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        using var next = await server.PostAsync("/predict/", $"{{\"input\": {Xor.Rows}}}");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("--server-limit-rows=1")]
    [InlineData("--server-limit-cells=3")]
    public async Task Input_AboveALimit_Is413(string option)
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", option]);

        using var small = await server.PostAsync("/predict/", """{"input":[[0,1]]}""");
        using var large = await server.PostAsync("/predict/", """{"input":[[0,1],[1,1]]}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (small.StatusCode, large.StatusCode));
    }
}
