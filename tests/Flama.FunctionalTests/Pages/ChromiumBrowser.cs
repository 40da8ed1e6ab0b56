using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Flama.FunctionalTests.Pages;

/// <summary>A real browser whose pages may ask nobody but this machine. Tests are skipped where there is none.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private const float Patience = 60_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>URLs that pages asked for elsewhere.</summary>
    public ConcurrentBag<string> Foreign { get; } = [];

    /// <summary>Errors of scripts.</summary>
    public ConcurrentBag<string> Faults { get; } = [];

    public async ValueTask InitializeAsync()
    {
        if (FindChromium() is not { } chromium)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Opens a page; skips the test where there is no browser.</summary>
    /// <param name="url">Where it goes.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="colors">What the user prefers.</param>
    public async Task<IPage> OpenAsync(string url, int width = 1280, ColorScheme colors = ColorScheme.Light)
    {
        Assert.SkipWhen(browser is null, "There is no Chromium on the path.");
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 1600 }, ColorScheme = colors });
        page.SetDefaultTimeout(Patience);
        page.PageError += (_, fault) => Faults.Add(fault);
        await page.RouteAsync("**/*", async route =>
        {
            if (new Uri(route.Request.Url) is { Scheme: "data" } or { Host: "127.0.0.1" })
            {
                await route.ContinueAsync();
                return;
            }

            Foreign.Add(route.Request.Url);
            await route.AbortAsync();
        });
        await page.GotoAsync(url);
        return page;
    }

    private static string? FindChromium() =>
        (from directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in new[] { "chromium", "chromium-browser", "google-chrome" }
         select Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
