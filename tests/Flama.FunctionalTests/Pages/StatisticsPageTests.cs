using Flama.Tests;
using Microsoft.Playwright;

namespace Flama.FunctionalTests.Pages;

/// <summary>The page of statistics in a real browser.</summary>
public sealed class StatisticsPageTests(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Page_WithAKey_DrawsTheFiguresAndBreaksNoRule(int width, ColorScheme colors)
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys.json");
        var key = (await FlamaProcess.RunAsync(["key", "add", "ops", "--scope", "inspect,predict", "--server-keys", file])).Output.Trim();
        await using var server = await FlamaServer.StartAsync([Churn.Path, "--server-port", "0", "--model-name", "churn", "--app-stats", "/stats", "--server-keys", file]);
        server.Client.DefaultRequestHeaders.Add("X-API-Key", key);
        (await server.PostAsync("/predict/", "{\"input\": [[1, 1, \"Doe\", 500, \"Germany\", \"Male\", 61, 1, 150000, 3, 0, 0, 20000]]}")).Dispose();
        (await server.PostAsync("/predict/", "{\"input\": 1}")).Dispose();
        var page = await browser.OpenAsync($"{server.Address}stats", width, colors);
        var secret = page.GetByLabel("Key with the scope inspect");
        await secret.WaitForAsync();
        var violations = await AxeRules.ViolationsOf(page);
        await secret.FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
        var classes = page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Classes of predict of churn" });
        await classes.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, $"stats-page-{width}-{colors}.png"), FullPage = true });

        violations += await AxeRules.ViolationsOf(page);
        Assert.True(violations.Length == 0, violations);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "The page scrolls sideways.");
        Assert.Contains("100%", await classes.TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("invalid_input", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Foreign);
        Assert.Empty(browser.Faults);
    }
}
