using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Requests that are computed together, by a real server.</summary>
public sealed class BatchTests
{
    [Theory]
    [InlineData("--server-batch")]
    [InlineData("--server-batch=8/0.5")]
    [InlineData("--server-batch-model=model=16")]
    public async Task Answers_UnderLoad_AreThoseOfEachRequest(string option)
    {
        await using var server = await FlamaServer.StartAsync([Fixtures.PathOf("sklearn-speed", "kneighbors6.pkl"), option, "--server-port=0", "--app-metrics=/metrics", "--model-name=model"]);
        string[] bodies = [.. Enumerable.Range(0, 20).Select(i => $$"""{"input":[[{{string.Join(",", Enumerable.Range(0, 20).Select(column => (((i * 7) + (column * 3)) % 11) - 5))}}]]}""")];
        var alone = new string[bodies.Length];
        foreach (var (i, body) in bodies.Index())
        {
            alone[i] = await AnswerAsync(server, body);
        }

        var together = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => AnswerAsync(server, bodies[i % bodies.Length])));

        Assert.All(together.Index(), pair => Assert.Equal(alone[pair.Index % bodies.Length], pair.Item));
        Assert.Contains("\"output\"", alone[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--server-batch=many")]
    [InlineData("--server-batch=8/5000")]
    [InlineData("--server-batch-model=8")]
    [InlineData("--server-batch-model=other=8")]
    public async Task Value_ThatIsNone_StopsTheStart(string option)
    {
        var result = await FlamaProcess.RunAsync(["serve", Xor.Path, option]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(option[..option.IndexOf('=', StringComparison.Ordinal)], result.Error, StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(FlamaServer server, string body)
    {
        using var answer = await server.PostAsync("/predict/", body);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
