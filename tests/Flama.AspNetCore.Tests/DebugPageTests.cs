using Flama.Tests.Hosting;

namespace Flama.Tests;

public class DebugPageTests
{
    [Fact]
    public async Task Get_DebugModeInABrowser_ShowsRoutes()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.Debug = true);

        var page = await host.GetAsync("/<nope>", ("Accept", "text/html,*/*"), ("Cookie", "session=hidden-value"));
        var json = await host.GetAsync("/nope", ("Accept", "application/json"));

        Assert.Equal((404, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        Assert.Contains("/predict_proba/", page.Body, StringComparison.Ordinal);
        Assert.Contains("/&lt;nope&gt;", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-value", page.Body, StringComparison.Ordinal);
        Assert.Equal("application/problem+json", json.ContentType);
    }

    [Fact]
    public async Task Post_DebugModeInABrowser_ShowsTheException()
    {
        await using var host = await FlamaHost.StartAsync(
            FakeModels.Throwing(() => new InvalidOperationException("<b>cause</b>")), options => options.Debug = true);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict/") { Content = new StringContent("""{"input":[[1]]}""") };
        request.Content.Headers.ContentType = null;
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);

        Assert.Equal((500, "text/html; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.Contains("InvalidOperationException: &lt;b&gt;cause&lt;/b&gt;", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BrowserWithoutDebugMode_GetsAProblem()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.GetAsync("/nope", ("Accept", "text/html"));

        Assert.Equal("application/problem+json", answer.ContentType);
    }
}
