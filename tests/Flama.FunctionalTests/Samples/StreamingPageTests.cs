using Flama.FunctionalTests.Pages;
using Microsoft.Playwright;

namespace Flama.FunctionalTests.Samples;

/// <summary>The page of the streaming sample in a real browser.</summary>
public sealed class StreamingPageTests(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Page_Asks_AndDrawsEachAnswer(int width, ColorScheme colors)
    {
        await using var program = await SampleProgram.StartAsync("streaming");
        var page = await browser.OpenAsync(program.Client.BaseAddress!.ToString(), width, colors);
        await page.GetByText("Connected.").WaitForAsync();
        await page.GetByLabel("Customers").FillAsync("40");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask" }).ClickAsync();
        await page.GetByText("40 of 40 answered").WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, $"streaming-{width}-{colors}.png"), FullPage = true });

        var leaving = await page.Locator("rect.leaves").CountAsync();
        var violations = await AxeRules.ViolationsOf(page);
        Assert.Equal(40, await page.Locator("rect").CountAsync());
        Assert.InRange(leaving, 1, 39);
        Assert.Contains($"{leaving} leave.", await page.GetByRole(AriaRole.Status).TextContentAsync(), StringComparison.Ordinal);
        Assert.True(violations.Length == 0, violations);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "The page scrolls sideways.");
        Assert.Empty(browser.Foreign);
        Assert.Empty(browser.Faults);
    }
}
