using System.Text.Json;
using Flama.FunctionalTests.Samples;
using Flama.FunctionalTests.Stores;
using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>
/// No block of a document is only shown. C# is code that this repository compiles (<see cref="CodeBlockTests"/>), JSON is JSON, Python parses, and commands are run here one after the other: as they stand,
/// with the program that was built beside the tests, on a port that is free, and an <c>output</c> block behind them is what the last one writes. Commands that are run elsewhere, or cannot be, are listed with the reason.
/// </summary>
public sealed class BlockRuleTests
{
    private static readonly string[] Shown = ["csharp", "json", "yaml", "text", "output", "python"];

    // The document, the beginning of the block, and who runs it or why nobody can.
    private static readonly (string Document, string Start, string Reason)[] Elsewhere =
    [
        ("README.md", "dotnet run -c Release --project src/Flama.Cli -- serve", nameof(ShellBlockTests)),
        ("README.md", "dotnet test -c Release", "It is this run."),
        ("README.md", "curl -s http://127.0.0.1:8000/predict/", nameof(ShellBlockTests)),
        ("README.md", "dotnet run -c Release --project src/Flama.Cli -- model", nameof(ShellBlockTests)),
        ("README.md", "dotnet pack src/Flama.Cli", $"{nameof(ShellBlockTests)}; eng/pack-check.sh installs the tool."),
        ("docs/guide/getting-started.md", "dotnet tool install --global Flama.Cli", "It is for the whole machine; eng/pack-check.sh installs the tool into a folder."),
        ("src/Flama.Cli/README.md", "dotnet tool install --global Flama.Cli", "As in getting-started.md."),
        ("src/Flama.Templates/README.md", "dotnet new install Flama.Templates", nameof(TemplateTests)),
        ("docs/guide/custom-api.md", "dotnet new install Flama.Templates", nameof(TemplateTests)),
        ("docs/guide/custom-api.md", "flama run samples/churn-api --server-reload", nameof(ChurnApiReloadTests)),
        ("docs/guide/data-resources.md", "dotnet run -c Release --project samples/shop", nameof(ShopTests)),
        ("docs/guide/data-resources.md", "curl -s -o /dev/null", nameof(ShopTests)),
        ("docs/guide/data-resources.md", "curl -s \"$URL/customers/?", nameof(ShopTests)),
        ("docs/guide/deep-learning.md", "flama serve digits.keras", nameof(KerasTests)),
        ("docs/guide/deep-learning.md", "flama serve exported_model/", "A folder of TensorFlow's: KerasGoldenTests of Flama.Keras loads those of the golden cases; the tool serves whatever that engine loads (KerasTests)."),
        ("docs/guide/library.md", "dotnet run -c Release --project samples/worker", nameof(SampleTests)),
        ("docs/guide/library.md", "dotnet run -c Release --project samples/web", nameof(SampleTests)),
        ("docs/guide/serving.md", "flama run app.cs --server-port 8080", $"{nameof(RunAppTests)}, {nameof(ChurnApiReloadTests)}"),
        ("docs/guide/production.md", "KEY=$(flama key add web", nameof(ProductionGuideTests)),
        ("docs/guide/production.md", "flama health http", nameof(ProductionGuideTests)),
        ("docs/guide/production.md", "flama audit verify", nameof(ProductionGuideTests)),
        ("docs/guide/production.md", "mkdir -p models", nameof(ProductionGuideTests)),
        ("docs/guide/production.md", "curl -s -H \"X-API-Key: $ADMIN\"", nameof(ProductionGuideTests)),
        ("docs/guide/production.md", "flama pull s3://", nameof(S3StoreTests)),
    ];

    public static TheoryData<string> Documents => [.. DocumentBlocks.Documents];

    public static TheoryData<string> DocumentsWithCommands => [.. DocumentBlocks.Documents.Where(document => DocumentBlocks.All(document).Any(block => block.IsConsole && !IsElsewhere(document, block)))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Block_HasALanguageThatIsChecked(string document)
    {
        Assert.All(DocumentBlocks.All(document).Where(block => !block.IsConsole), block =>
        {
            Assert.True(Shown.Contains(block.Language, StringComparer.Ordinal), $"Nothing checks blocks of '{block.Language}' ({document}): use one of {string.Join(", ", Shown)}, or none for commands.");
            if (block.Language == "json")
            {
                JsonDocument.Parse(string.Join('\n', block.Lines)).Dispose();
            }
        });
    }

    [Theory]
    [MemberData(nameof(DocumentsWithCommands))]
    public async Task Commands_OfADocument_Work(string document)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of a Unix shell.");
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v curl && command -v bash"])).ExitCode == 0, "curl or bash is not installed.");
        var blocks = DocumentBlocks.All(document).ToList();
        await using GuideSession session = new(blocks);
        string? output = null;

        foreach (var block in blocks)
        {
            if (block.Language == "output" && output is not null)
            {
                Assert.Equal(string.Join('\n', block.Lines), output);
            }

            output = null;
            if (block.IsConsole && !IsElsewhere(document, block))
            {
                foreach (var command in block.Commands)
                {
                    output = await session.TypeAsync(command);
                }
            }
        }
    }

    [Fact]
    public async Task Blocks_OfPython_Parse()
    {
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v python3"])).ExitCode == 0, "There is no Python here.");
        using TemporaryDirectory directory = new();
        var blocks = DocumentBlocks.Documents.SelectMany(DocumentBlocks.All).Where(block => block.Language == "python").ToList();
        foreach (var (index, block) in blocks.Index())
        {
            await File.WriteAllLinesAsync(directory.PathOf($"{index}.py"), block.Lines, TestContext.Current.CancellationToken);
        }

        var parsed = await FlamaProcess.RunOtherAsync("sh", ["-c", $"cd '{directory.Root}' && python3 -c 'import ast, glob; [ast.parse(open(f).read(), f) for f in glob.glob(\"*.py\")]'"]);

        Assert.Equal((0, ""), (parsed.ExitCode, parsed.Error));
    }

    [Fact]
    public void Elsewhere_EveryEntry_IsABlockOfItsDocument() => Assert.All(
        Elsewhere, entry => Assert.Single(DocumentBlocks.All(entry.Document), block => block.IsConsole && block.Lines[0].StartsWith(entry.Start, StringComparison.Ordinal)));

    private static bool IsElsewhere(string document, DocumentBlock block) =>
        Array.Exists(Elsewhere, entry => entry.Document == document && block.Lines[0].StartsWith(entry.Start, StringComparison.Ordinal));
}
