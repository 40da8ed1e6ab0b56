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
        await using var server = await FlamaServer.StartAsync(
        [
            "--model", $"file={Churn.Path},name=churn,url=/", "--model", $"file={Xor.Path},name=xor,url=/xor/", "--server-port", "0", "--app-stats", "/stats", "--server-keys", file, "--server-cache",
        ]);
        server.Client.DefaultRequestHeaders.Add("X-API-Key", key);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await server.PostAsync("/predict/", "{\"input\": [[1, 1, \"Doe\", 500, \"Germany\", \"Male\", 61, 1, 150000, 3, 0, 0, 20000]]}")).Dispose();
        }

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
        var figures = await page.Locator("main").TextContentAsync();
        var shares = await classes.TextContentAsync();
        await server.Process.SignalAsync("KILL");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Refresh" }).ClickAsync();
        await page.GetByText("The server does not answer.").WaitForAsync();
        violations += await AxeRules.ViolationsOf(page);
        Assert.True(violations.Length == 0, violations);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "The page scrolls sideways.");
        Assert.Contains("100%", shares, StringComparison.Ordinal);
        Assert.Contains("invalid_input", figures, StringComparison.Ordinal);
        Assert.Contains("Of these from the cache", figures, StringComparison.Ordinal);
        Assert.Contains("Not asked yet.", figures, StringComparison.Ordinal);
        Assert.Empty(browser.Foreign);
        Assert.Empty(browser.Faults);
    }
}
