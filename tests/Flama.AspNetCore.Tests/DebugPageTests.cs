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
        Assert.Equal((404, "application/json"), (json.Status, json.ContentType));
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

    [Fact]
    public async Task Get_HostileRequestAndException_AreTextOnThePage()
    {
        const string script = "<script>alert('x')</script>";
        await using var host = await FlamaHost.StartAsync(
            app =>
            {
                Microsoft.AspNetCore.Http.RequestDelegate fail = _ => throw new InvalidOperationException(script, new ArgumentException($"</pre>{script}"));
                Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/fail", fail);
            },
            options => options.Debug = true);
        var query = $"?q={Uri.EscapeDataString(script)}&{Uri.EscapeDataString(script)}=1&token=query-secret";

        var failed = await host.GetAsync($"/fail{query}", ("Accept", "text/html"), ("X-Odd", script), ("X-Api-Key", "header-secret"));
        var missing = await host.GetAsync($"/{Uri.EscapeDataString(script)}{query}", ("Accept", "text/html"), ("X-Odd", script));

        Assert.Equal((500, 404), (failed.Status, missing.Status));
        Assert.All([failed, missing], answer =>
        {
            Assert.DoesNotContain("<script", answer.Body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("</pre>&lt;", answer.Body, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("-secret", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotMatch("(src|href)=\"(?!data:,)", answer.Body);
            Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        });
        Assert.Contains("Caused by System.ArgumentException", failed.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Failure_ShowsFramesRequestAndEnvironmentWithoutSecrets()
    {
        var name = $"FLAMA_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable($"{name}_TOKEN", "variable-secret");
        Environment.SetEnvironmentVariable($"{name}_PLAIN", "plain-value");
        await using var host = await FlamaHost.StartAsync(
            FakeModels.Throwing(() => new InvalidOperationException("cause")), options => options.Debug = true);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict/") { Content = new StringContent("""{"input":[[1]]}""") };
        request.Content.Headers.ContentType = null;
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var page = (await Answer.ReadAsync(response)).Body;

        Assert.Contains("PredictEndpoint", page, StringComparison.Ordinal);
        Assert.Contains("model: predict", page, StringComparison.Ordinal);
        Assert.Contains(System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription, page, StringComparison.Ordinal);
        Assert.Contains("plain-value", page, StringComparison.Ordinal);
        Assert.Contains($"{name}_TOKEN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("variable-secret", page, StringComparison.Ordinal);
    }
}
