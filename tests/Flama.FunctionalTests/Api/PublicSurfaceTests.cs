using System.Reflection;
using Flama.Tests;

namespace Flama.FunctionalTests.Api;

/// <summary>The public surface is what the files in <c>Approved</c> say: a change to it is seen in review.</summary>
/// <remarks>Set the environment variable <c>FLAMA_UPDATE_EXPECTATIONS=1</c> to write the files anew.</remarks>
public sealed class PublicSurfaceTests
{
    [Theory]
    [InlineData("Flama.AspNetCore")]
    [InlineData("Flama.AzureBlob")]
    [InlineData("Flama.Boosters")]
    [InlineData("Flama.Compression")]
    [InlineData("Flama.Core")]
    [InlineData("Flama.Data")]
    [InlineData("Flama.GoogleStorage")]
    [InlineData("Flama.Hosting")]
    [InlineData("Flama.Managed")]
    [InlineData("Flama.Mcp")]
    [InlineData("Flama.Packaging")]
    [InlineData("Flama.Pickle")]
    [InlineData("Flama.Keras")]
    [InlineData("Flama.Onnx")]
    [InlineData("Flama.Processing")]
    [InlineData("Flama.Torch")]
    [InlineData("Flama.Redis")]
    [InlineData("Flama.S3")]
    [InlineData("Flama.Sklearn")]
    [InlineData("Flama.Testing")]
    public void PublicSurface_OfAssembly_IsTheApprovedOne(string name)
    {
        var approved = Fixtures.RepositoryPathOf("tests", "Flama.FunctionalTests", "Api", "Approved", $"{name}.txt");

        var actual = PublicSurface.Print(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")));

        if (Environment.GetEnvironmentVariable("FLAMA_UPDATE_EXPECTATIONS") == "1")
        {
            File.WriteAllText(approved, actual);
        }

        Assert.Equal(File.ReadAllText(approved), actual);
    }
}
