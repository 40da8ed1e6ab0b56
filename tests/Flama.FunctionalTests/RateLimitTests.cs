using System.Net;
using System.Text;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>How many requests callers may send, over real connections.</summary>
public sealed class RateLimitTests
{
    // Long enough that no window ends within a test.
    private const string ThreeAnHour = "--server-rate-limit=3/3600";

    [Fact]
    public async Task Address_AboveTheLimit_Is429AndHealthIsNot()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", ThreeAnHour]);

        List<HttpResponseMessage> answers = [];
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await PostAsync(server));
        }

        using var elsewhere = await server.Client.GetAsync(new Uri("/nowhere/", UriKind.Relative), TestContext.Current.CancellationToken);
        using var health = await server.Client.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal([200, 200, 200, 429], answers.Select(answer => (int)answer.StatusCode));
        Assert.Equal(["2", "1", "0", "0"], answers.Select(answer => Assert.Single(answer.Headers.GetValues("RateLimit-Remaining"))));
        Assert.All(answers, answer => Assert.Equal(("3", "3;w=3600"), (Assert.Single(answer.Headers.GetValues("RateLimit-Limit")), Assert.Single(answer.Headers.GetValues("RateLimit-Policy")))));
        Assert.InRange(answers[3].Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3600);
        Assert.Equal("application/problem+json", answers[3].Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answers[3].Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("urn:flama:error:too_many_requests", problem.RootElement.GetProperty("type").GetString());
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (elsewhere.StatusCode, health.StatusCode));
        answers.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task Keys_HaveLimitsOfTheirOwn_AndWhoHasNoneSharesThatOfTheAddress()
    {
        using TemporaryDirectory directory = new();
        var keys = directory.PathOf("keys.json");
        var (first, second) = (await AddKeyAsync(keys, "first"), await AddKeyAsync(keys, "second"));
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", ThreeAnHour, "--server-keys", keys]);

        var ofFirst = await StatusesAsync(server, 4, ("X-API-Key", first));
        var ofSecond = await StatusesAsync(server, 2, ("Authorization", $"Bearer {second}"));
        var ofNobody = await StatusesAsync(server, 4, ("X-API-Key", "wrong"));
        var ofSecondAgain = await StatusesAsync(server, 2, ("X-API-Key", second));

        Assert.Equal([200, 200, 200, 429], ofFirst);
        Assert.Equal([200, 200], ofSecond);
        Assert.Equal([401, 401, 401, 429], ofNobody);
        Assert.Equal([200, 429], ofSecondAgain);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.1", false)]
    public async Task ForwardedAddress_IsACallerOfItsOwn_WhereTheProxyIsTrusted(string trusted, bool areTwo)
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", ThreeAnHour, $"--server-forwarded-allow-ips={trusted}"]);

        var first = await StatusesAsync(server, 3, ("X-Forwarded-For", "203.0.113.7"));
        var second = await StatusesAsync(server, 1, ("X-Forwarded-For", "203.0.113.8"));

        Assert.Equal([200, 200, 200], first);
        Assert.Equal([areTwo ? 200 : 429], second);
    }

    [Fact]
    public async Task Option_WithoutANumber_IsAHundredAMinute()
    {
        await using var server = await FlamaServer.StartAsync(["--server-rate-limit", Xor.Path, "--server-port=0"]);

        using var answer = await PostAsync(server);

        Assert.Equal("100;w=60", Assert.Single(answer.Headers.GetValues("RateLimit-Policy")));
    }

    [Fact]
    public async Task Instances_WithOneRedis_CountTogether_AndEachGoesOnWithoutIt()
    {
        await using var redis = await RedisServer.StartAsync();
        string[] arguments = [Xor.Path, "--server-port=0", "--server-rate-limit=6/3600", "--server-redis", redis.Address];
        await using var first = await FlamaServer.StartAsync(arguments);
        await using var second = await FlamaServer.StartAsync(arguments);

        var together = (await StatusesAsync(first, 4)).Concat(await StatusesAsync(second, 3)).ToList();
        await redis.KillAsync();
        var warning = first.Process.WaitForErrorAsync("Rate limits are not shared until the shared store answers again");
        var alone = await StatusesAsync(first, 3);
        await warning;

        Assert.Equal([200, 200, 200, 200, 200, 200, 429], together);

        // It has counted four of its own.
        Assert.Equal([200, 200, 429], alone);
    }

    [Fact]
    public async Task Redis_KilledAndStartedUnderLoad_FailsNoRequest_AndWarnsOnce()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var server = await FlamaServer.StartAsync(
            [Xor.Path, "--server-port=0", "--server-rate-limit=1000000/3600", "--server-redis", redis.Address, "--server-no-access-log"]);

        await RedisOutage.RunAsync(redis, server, "Rate limits are not shared", () => PostAsync(server));
    }

    private static async Task<string> AddKeyAsync(string file, string name)
    {
        var run = await FlamaProcess.RunAsync(["key", "add", name, "--server-keys", file]);
        return run.Output.Trim();
    }

    private static async Task<List<int>> StatusesAsync(FlamaServer server, int count, params (string Name, string Value)[] headers)
    {
        List<int> statuses = [];
        for (var i = 0; i < count; i++)
        {
            using var answer = await PostAsync(server, headers);
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }

    private static async Task<HttpResponseMessage> PostAsync(FlamaServer server, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict/") { Content = new StringContent("{\"input\": [[0, 1]]}", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
