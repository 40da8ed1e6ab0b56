using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Flama.FunctionalTests;

/// <summary>The docs page in a real browser, which may ask nobody but the server.</summary>
public sealed class DocsPageTests(ChurnServer churn) : IClassFixture<ChurnServer>
{
    private const float Patience = 60_000;

    [Fact]
    public async Task Docs_TryPredict_ShowsTheAnswer()
    {
        var chromium = FindChromium();
        Assert.SkipWhen(chromium is null, "There is no Chromium on the path.");
        ConcurrentBag<string> foreign = [];
        ConcurrentBag<string> faults = [];
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 1600 } });
        page.SetDefaultTimeout(Patience);
        page.PageError += (_, fault) => faults.Add(fault);
        await page.RouteAsync("**/*", async route =>
        {
            if (new Uri(route.Request.Url) is { Scheme: "data" } or { Host: "127.0.0.1" })
            {
                await route.ContinueAsync();
                return;
            }

            foreign.Add(route.Request.Url);
            await route.AbortAsync();
        });

        await page.GotoAsync($"{churn.Server.Address}docs/");
        var predict = page.Locator(".opblock-post", new PageLocatorOptions { Has = page.Locator("[data-path='/predict/']") });
        await predict.Locator(".opblock-summary-control").ClickAsync();
        await OpenFormAsync(predict);
        await predict.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Execute" }).ClickAsync();
        var answer = predict.Locator(".live-responses-table .response .highlight-code").First;
        await answer.WaitForAsync();
        var text = await answer.TextContentAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "docs-page.png"), FullPage = true });

        Assert.Equal("Churn API", await page.TitleAsync());
        Assert.Contains("\"output\"", text, StringComparison.Ordinal);
        Assert.Empty(foreign);
        Assert.Empty(faults);
    }

    private static string? FindChromium() =>
        (from directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in new[] { "chromium", "chromium-browser", "google-chrome" }
         select Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    // The page opens the form at once; should it not, its button does.
    private static async Task OpenFormAsync(ILocator operation)
    {
        await operation.Locator(".try-out__btn").WaitForAsync();
        var button = operation.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Try it out" });
        if (await button.CountAsync() > 0)
        {
            await button.ClickAsync();
        }
    }
}
