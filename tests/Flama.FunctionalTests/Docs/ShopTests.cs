using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>The sample with two models and data: the program as it is built, and the commands of the guide as they stand there.</summary>
public sealed class ShopTests
{
    private const string Guide = "docs/guide/data-resources.md";
    private const string Listening = "Now listening on: ";

    [Fact]
    public async Task Sample_AnswersTheCommandsOfTheGuide_AsShown()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && (await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v curl"])).ExitCode == 0, "curl is not installed.");
        using TemporaryDirectory directory = new();
        await using var program = Start(directory);
        var url = await AddressAsync(program);
        var blocks = DocumentBlocks.All(Guide).ToList();

        var commands = blocks.Index().Where(block => block.Item.IsConsole && block.Item.Lines[0].StartsWith("curl ", StringComparison.Ordinal)).ToList();
        List<(string Answer, string Shown)> answers = [];
        foreach (var (place, command) in commands)
        {
            var run = await FlamaProcess.RunOtherAsync("sh", ["-c", $"URL={url}\n{string.Join('\n', command.Lines)}"]);
            answers.Add((run.Output.TrimEnd('\n'), string.Join('\n', blocks[place + 1].Lines)));
        }

        Assert.Equal(2, answers.Count);
        Assert.All(answers, answer => Assert.Equal(answer.Shown, answer.Answer));
        Assert.Equal(["dotnet run -c Release --project samples/shop"], blocks[0].Lines);
    }

    [Fact]
    public async Task Sample_HasModelsAndData_InOneDocument()
    {
        using TemporaryDirectory directory = new();
        await using var program = Start(directory);
        using HttpClient client = new() { BaseAddress = new Uri(await AddressAsync(program)) };

        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/schema/", UriKind.Relative), TestContext.Current.CancellationToken));

        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        Assert.Superset(
            new HashSet<string>(["/churn/predict/", "/xor/predict/", "/customers/", "/customers/{id}/", "/customers/{id}/risk/", "/customers/top/", "/orders/", "/orders/{id}/"], StringComparer.Ordinal),
            paths.ToHashSet(StringComparer.Ordinal));
    }

    private static FlamaProcess Start(TemporaryDirectory directory) => FlamaProcess.StartOther(
        [FlamaProcess.Host, SampleTests.Built("shop", "Shop")],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings__Shop"] = $"Data Source={directory.PathOf("shop.db")};Pooling=false",
        });

    private static async Task<string> AddressAsync(FlamaProcess program)
    {
        var line = await program.WaitForOutputAsync(Listening);
        return line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..];
    }
}
