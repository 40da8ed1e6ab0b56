using Flama.Tests;
using Microsoft.Playwright;

namespace Flama.FunctionalTests.Pages;

/// <summary>The docs page of a server with keys, several models and a schema of rows.</summary>
public sealed class DocsWithKeysTests(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task Docs_DialogOfKeysRefusalAndAnswer_BreakNoRule(int width, ColorScheme colors)
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys.json");
        var key = (await FlamaProcess.RunAsync(["key", "add", "web", "--scope", "predict,inspect", "--server-keys", file])).Output.Trim();
        await File.WriteAllTextAsync(directory.PathOf("schema.json"), """{"prefixItems": [{"minimum": 0, "maximum": 1}]}""", TestContext.Current.CancellationToken);
        await using var server = await FlamaServer.StartAsync(
        [
            "--model", $"file={Xor.Path},name=xor,schema={directory.PathOf("schema.json")}", "--model", $"file={Churn.Path},name=churn", "--server-port", "0", "--server-keys", file,
        ]);
        var page = await browser.OpenAsync($"{server.Address}docs/", width, colors);
        var predict = page.Locator(".opblock-post", new PageLocatorOptions { Has = page.Locator("[data-path='/xor/predict/']") });
        await predict.Locator(".opblock-summary-control").ClickAsync();
        var execute = predict.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Execute" });
        await execute.ClickAsync();
        await StatusOf(predict, "401").WaitForAsync();
        var violations = await AxeRules.ViolationsOf(page);

        await page.Locator(".auth-wrapper .authorize, .btn.authorize").First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.WaitForAsync();
        violations += await AxeRules.ViolationsOf(page);
        await dialog.GetByRole(AriaRole.Textbox).First.FillAsync(key);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Authorize: apply credentials" }).First.ClickAsync();
        violations += await AxeRules.ViolationsOf(page);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).Last.ClickAsync();
        await execute.ClickAsync();
        await StatusOf(predict, "200").WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, $"docs-keys-{width}-{colors}.png"), FullPage = true });

        violations += await AxeRules.ViolationsOf(page);
        Assert.True(violations.Length == 0, violations);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "The page scrolls sideways.");
        Assert.Empty(browser.Faults);
    }

    private static ILocator StatusOf(ILocator operation, string status) =>
        operation.Locator(".live-responses-table .response .response-col_status", new LocatorLocatorOptions { HasText = status }).First;
}
