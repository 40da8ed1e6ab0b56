using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Flama.FunctionalTests;

/// <summary>The edges between projects are those of ARCHITECTURE.md and no others, read from the built assemblies.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Edges = new()
    {
        ["Flama.Core"] = [],
        ["Flama.Compression"] = [],
        ["Flama.Packaging"] = ["Flama.Core", "Flama.Compression"],
        ["Flama.Pickle"] = ["Flama.Compression"],
        ["Flama.Trees"] = ["Flama.Core"],
        ["Flama.Boosters"] = ["Flama.Core", "Flama.Trees"],
        ["Flama.Sklearn"] = ["Flama.Core", "Flama.Pickle", "Flama.Trees", "Flama.Boosters"],
        ["Flama.Scoring"] = ["Flama.Compression", "Flama.Core"],
        ["Flama.Hosting"] = ["Flama.Core", "Flama.Packaging", "Flama.Scoring"],
        ["Flama.Managed"] = ["Flama.Core", "Flama.Packaging", "Flama.Pickle", "Flama.Hosting", "Flama.Sklearn", "Flama.Boosters"],
        ["Flama.AspNetCore"] = ["Flama.Core", "Flama.Packaging", "Flama.Hosting"],
        ["Flama.AzureBlob"] = ["Flama.Core", "Flama.Hosting"],
        ["Flama.Data"] = ["Flama.Core", "Flama.Hosting", "Flama.AspNetCore"],
        ["Flama.GoogleStorage"] = ["Flama.Core", "Flama.Hosting"],
        ["Flama.Keras"] = ["Flama.Core", "Flama.Onnx"],
        ["Flama.Mcp"] = ["Flama.Core", "Flama.Hosting", "Flama.AspNetCore"],
        ["Flama.Onnx"] = ["Flama.Core"],
        ["Flama.Torch"] = ["Flama.Core", "Flama.Onnx", "Flama.Pickle"],
        ["Flama.Processing"] = ["Flama.Core"],
        ["Flama.Redis"] = ["Flama.Core", "Flama.Hosting", "Flama.AspNetCore"],
        ["Flama.S3"] = ["Flama.Core", "Flama.Hosting"],
        ["Flama.Testing"] = ["Flama.Core", "Flama.Packaging", "Flama.Scoring", "Flama.Hosting", "Flama.Managed", "Flama.AspNetCore"],
        ["flama"] =
        [
            "Flama.Core", "Flama.Packaging", "Flama.Hosting", "Flama.Managed", "Flama.AspNetCore", "Flama.AzureBlob", "Flama.GoogleStorage", "Flama.Keras", "Flama.Mcp", "Flama.Onnx", "Flama.Processing", "Flama.Redis",
            "Flama.S3", "Flama.Scoring", "Flama.Torch",
        ],
    };

    public static TheoryData<string> Assemblies() => [.. Edges.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_References_OnlyWhatTheHouseAllows(string name)
    {
        var references = ReferencesOf(name);

        var ours = references.Where(reference => reference.StartsWith("Flama", StringComparison.Ordinal));

        Assert.All(ours, reference => Assert.Contains(reference, Edges[name]));
    }

    [Theory]
    [InlineData("Flama.Core")]
    [InlineData("Flama.Compression")]
    [InlineData("Flama.Packaging")]
    [InlineData("Flama.Pickle")]
    [InlineData("Flama.Trees")]
    [InlineData("Flama.Boosters")]
    [InlineData("Flama.Sklearn")]
    [InlineData("Flama.Scoring")]
    [InlineData("Flama.Hosting")]
    [InlineData("Flama.Managed")]
    [InlineData("Flama.AzureBlob")]
    [InlineData("Flama.GoogleStorage")]
    [InlineData("Flama.Keras")]
    [InlineData("Flama.Onnx")]
    [InlineData("Flama.Processing")]
    [InlineData("Flama.Torch")]
    [InlineData("Flama.S3")]
    public void Assembly_BelowTheWeb_DoesNotReferenceAspNetCore(string name)
    {
        var references = ReferencesOf(name);

        Assert.DoesNotContain(references, reference => reference.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Core_References_OnlyTheBaseLibrary()
    {
        var references = ReferencesOf("Flama.Core");

        Assert.All(references, reference => Assert.StartsWith("System.", reference, StringComparison.Ordinal));
    }

    private static string[] ReferencesOf(string name)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        using var file = new PEReader(stream);
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }
}
