using Microsoft.Playwright;

namespace Flama.FunctionalTests.Pages;

/// <summary>The docs page in a real browser: it works, asks nobody but the server, and keeps the rules of accessibility.</summary>
public sealed class DocsPageTests(ChurnServer churn, ChromiumBrowser browser) : IClassFixture<ChurnServer>, IClassFixture<ChromiumBrowser>
{
    private string Url => $"{churn.Server.Address}docs/";

    [Fact]
    public async Task Docs_TryPredict_ShowsTheAnswer()
    {
        var page = await browser.OpenAsync(Url);
        var predict = Predict(page);
        await predict.Locator(".opblock-summary-control").ClickAsync();
        await predict.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Execute" }).ClickAsync();
        var text = await AnswerOf(predict).TextContentAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "docs-page.png"), FullPage = true });

        Assert.Equal("Churn API", await page.TitleAsync());
        Assert.Contains("\"output\"", text, StringComparison.Ordinal);
        Assert.Empty(browser.Foreign);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Docs_KeyboardAlone_ReachesTheAnswer()
    {
        var page = await browser.OpenAsync(Url);
        var predict = Predict(page);
        await predict.Locator(".opblock-summary-control").WaitForAsync();
        await PressUntilAsync(page, "Tab", predict.Locator(".opblock-summary-control"));
        await page.Keyboard.PressAsync("Enter");
        var execute = predict.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Execute" });
        await execute.WaitForAsync();
        await PressUntilAsync(page, "Tab", execute);
        await page.Keyboard.PressAsync("Enter");
        var answer = AnswerOf(predict);
        await answer.WaitForAsync();
        await PressUntilAsync(page, "Tab", answer);

        Assert.Contains("\"output\"", await answer.TextContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Docs_EveryState_BreaksNoRule(int width, ColorScheme colors)
    {
        var page = await browser.OpenAsync(Url, width, colors);
        var predict = Predict(page);
        await predict.Locator(".opblock-summary-control").WaitForAsync();
        var violations = await AxeRules.ViolationsOf(page);
        foreach (var operation in await page.Locator(".opblock-summary-control").AllAsync())
        {
            await operation.ClickAsync();
        }

        await predict.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Execute" }).ClickAsync();
        await AnswerOf(predict).WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, $"docs-page-{width}-{colors}.png"), FullPage = true });

        violations += await AxeRules.ViolationsOf(page);
        Assert.True(violations.Length == 0, violations);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "The page scrolls sideways.");
    }

    private static ILocator Predict(IPage page) =>
        page.Locator(".opblock-post", new PageLocatorOptions { Has = page.Locator("[data-path='/predict/']") });

    private static ILocator AnswerOf(ILocator operation) => operation.Locator(".live-responses-table .response .highlight-code pre").First;

    private static async Task PressUntilAsync(IPage page, string key, ILocator target)
    {
        const int most = 200;
        for (var i = 0; i < most; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement || element.contains(document.activeElement)"))
            {
                return;
            }

            await page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{key} does not lead there.");
    }
}
