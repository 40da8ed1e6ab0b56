using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Flama.FunctionalTests.Pages;

/// <summary>The rules of accessibility that a page breaks.</summary>
internal static class AxeRules
{
    /// <summary>A line per violation; empty for none.</summary>
    public static async Task<string> ViolationsOf(IPage page)
    {
        var result = await page.RunAxe();
        return string.Concat(
            from violation in result.Violations
            from node in violation.Nodes
            select $"{violation.Id} ({violation.Impact}): {node.Html}\n");
    }
}
