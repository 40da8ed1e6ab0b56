using Flama.Tests;

namespace Flama.FunctionalTests.Samples;

/// <summary>An application that had errors, authentication and documents of its own before the model came has the same ones after.</summary>
public sealed class ExistingAppTests
{
    [Fact]
    public async Task Model_IsTheOnlyDifference()
    {
        await using var before = await SampleProgram.StartAsync("existing-app/before");
        await using var after = await SampleProgram.StartAsync("existing-app/Existing.csproj");

        foreach (var (path, key) in new[] { ("/orders/7", false), ("/orders/7", true), ("/orders/700", true), ("/broken", false), ("/nowhere", false), ("/nowhere", true), ("/orders/x", true), ("/openapi/v1.json", false) })
        {
            Assert.Equal(await AnswerAsync(before, path, key), await AnswerAsync(after, path, key));
        }

        Assert.StartsWith("401 ", await AnswerAsync(after, "/churn/", withKey: false), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await AnswerAsync(after, "/churn/", withKey: true), StringComparison.Ordinal);
        after.Client.DefaultRequestHeaders.Add("X-Customer", "secret");
        Assert.Equal("""{"output":[0]}""", await after.PostAsync("/churn/predict/"));
        Assert.Contains("\"error\":\"ValidationError\"", await after.PostAsync("/churn/predict/", """{"input": [[1]]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_DiffersByTwoLines()
    {
        var before = await File.ReadAllLinesAsync(Fixtures.RepositoryPathOf("samples", "existing-app", "before", "Program.cs"), TestContext.Current.CancellationToken);
        var after = await File.ReadAllLinesAsync(Fixtures.RepositoryPathOf("samples", "existing-app", "Program.cs"), TestContext.Current.CancellationToken);

        Assert.Equal(["builder.Services.AddFlama();", """app.MapModel("/churn", "churn.flm");"""], after.Except(before));
        Assert.Empty(before.Except(after));
    }

    // Status, headers and body, without what is another at each request.
    private static async Task<string> AnswerAsync(SampleProgram program, string path, bool withKey)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (withKey)
        {
            request.Headers.Add("X-Customer", "secret");
        }

        using var answer = await program.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        var body = text.Replace(program.Client.BaseAddress!.ToString(), "", StringComparison.Ordinal);
        var trace = body.IndexOf("\"traceId\":\"", StringComparison.Ordinal);
        return $"{(int)answer.StatusCode} {string.Join(" | ", headers.Order(StringComparer.Ordinal))} {(trace < 0 ? body : body.Remove(trace, "\"traceId\":\"".Length + 55))}";
    }
}
