using System.Text.RegularExpressions;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Flama.Tests;

public partial class DocsTests
{
    [Theory]
    [InlineData("/docs/")]
    [InlineData("/docs")]
    public async Task Get_Page_ShowsTitleAndSchema(string path)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), flama: options => options.Title = "<b>My & \"API\"</b>");

        var page = await host.GetAsync(path);

        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        Assert.Contains("<title>&lt;b&gt;My &amp; &quot;API&quot;&lt;/b&gt;</title>", page.Body, StringComparison.Ordinal);
        Assert.Contains("data-schema=\"/schema/\"", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Page_LoadsOnlyFromHere()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var page = await host.GetAsync("/docs/");
        var links = Links().Matches(page.Body).Select(match => match.Groups["link"].Value).Where(link => !link.StartsWith("data:", StringComparison.Ordinal)).ToList();

        Assert.Equal(6, links.Count);
        Assert.DoesNotContain("http", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", string.Join(' ', page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        foreach (var link in links)
        {
            Assert.Equal(200, (await host.GetAsync(link)).Status);
        }
    }

    [Theory]
    [InlineData("/docs/swagger-ui.css", "text/css; charset=utf-8", ".swagger-ui")]
    [InlineData("/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8", "SwaggerUIBundle")]
    [InlineData("/docs/start.js", "text/javascript; charset=utf-8", "tryItOutEnabled: true")]
    [InlineData("/docs/page.css", "text/css; charset=utf-8", "prefers-color-scheme")]
    public async Task Get_Asset_IsServedPlainCompressedAndUnchanged(string path, string contentType, string content)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var plain = await host.GetAsync(path);
        var compressed = await host.GetAsync(path, ("Accept-Encoding", "gzip, br"));
        var unchanged = await host.GetAsync(path, ("If-None-Match", plain.Headers.ETag!.ToString()));

        Assert.Equal((200, contentType), (plain.Status, plain.ContentType));
        Assert.Contains(content, plain.Body, StringComparison.Ordinal);
        Assert.Empty(plain.ContentHeaders.ContentEncoding);
        Assert.Equal(200, compressed.Status);
        Assert.Equal(path.Contains("swagger-ui", StringComparison.Ordinal) ? "gzip" : string.Empty, string.Join(",", compressed.ContentHeaders.ContentEncoding));
        Assert.Equal((304, string.Empty), (unchanged.Status, unchanged.Body));
    }

    [Fact]
    public async Task Get_StartScript_AsksNoValidator()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var script = await host.GetAsync("/docs/start.js");

        Assert.Contains("validatorUrl: null", script.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/docs/", "/api/docs/swagger-ui.css", "/api/schema/")]
    [InlineData("/api/docs", "/api/docs/swagger-ui.css", "/api/schema/")]
    [InlineData("/docs", "/docs/swagger-ui.css", "/schema/")]
    public async Task Get_Mounted_LinksBelowTheMount(string path, string asset, string schema)
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.UsePathBase("/api");
            app.UseRouting();
        });

        var page = await host.GetAsync(path);

        Assert.Contains($"href=\"{asset}\"", page.Body, StringComparison.Ordinal);
        Assert.Contains($"data-schema=\"{schema}\"", page.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await host.GetAsync(asset)).Status);
        Assert.Equal(200, (await host.GetAsync(schema)).Status);
    }

    [Fact]
    public async Task Get_InAGroup_LinksBelowTheGroup()
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapGroup("/v1").MapFlama());

        var page = await host.GetAsync("/v1/docs/");

        Assert.Contains("href=\"/v1/docs/swagger-ui.css\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("data-schema=\"/v1/schema/\"", page.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await host.GetAsync("/v1/docs/start.js")).Status);
    }

    [Fact]
    public async Task Get_OtherDocsPath_MovesThePage()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.DocsPath = "/reference");

        var page = await host.GetAsync("/reference/");
        var old = await host.GetAsync("/docs/");

        Assert.Equal((200, 404), (page.Status, old.Status));
        Assert.Contains("href=\"/reference/swagger-ui.css\"", page.Body, StringComparison.Ordinal);
    }

    [GeneratedRegex("(href|src|data-schema)=\"(?<link>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Links();
}
