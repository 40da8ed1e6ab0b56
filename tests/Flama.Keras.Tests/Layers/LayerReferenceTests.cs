using System.Text;
using Flama.Keras.Layers;
using Flama.Keras.Layers.Activations;
using Flama.Keras.Operations;
using Flama.Tests;

namespace Flama.Keras.Tests.Layers;

/// <summary>The tables of the reference are what the code has.</summary>
/// <remarks>Set <c>FLAMA_UPDATE_EXPECTATIONS=1</c> to write them anew; the text around them is kept.</remarks>
public sealed class LayerReferenceTests
{
    private const string Start = "<!-- table: written and compared by LayerReferenceTests -->";
    private const string End = "<!-- end of table -->";

    private static string PagePath => Fixtures.RepositoryPathOf("docs", "reference", "layers.md");

    [Fact]
    public void Reference_Tables_AreTheCatalogs()
    {
        var page = File.ReadAllText(PagePath);
        var (from, to) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, page.IndexOf(End, StringComparison.Ordinal));

        var table = $"\n{Table()}";

        if (Environment.GetEnvironmentVariable("FLAMA_UPDATE_EXPECTATIONS") == "1")
        {
            File.WriteAllText(PagePath, page[..from] + table + page[to..]);
            return;
        }

        Assert.Equal(page[from..to], table);
    }

    private static string Table()
    {
        StringBuilder text = new("| Family | Layers |\n|---|---|\n");
        foreach (var (family, layers) in LayerCatalog.Families)
        {
            text.Append($"| {family} | {string.Join(", ", layers.Keys.Order(StringComparer.Ordinal).Select(name => $"`{name}`"))} |\n");
        }

        text.Append($"| activations by name | {string.Join(", ", ActivationFunctions.Names.Select(name => $"`{name}`"))} |\n");
        text.Append($"| operations of `keras.ops` | {string.Join(", ", OperationCatalog.Names.Select(name => $"`{name}`"))} |\n");
        text.Append($"| functions of `tf` in Keras 2 | {string.Join(", ", TensorFlowCatalog.Names.Select(name => $"`{name}`"))} |\n");
        return text.ToString();
    }
}
