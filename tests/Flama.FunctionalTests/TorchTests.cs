using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Programs of PyTorch in packages of Flama, served by the tool.</summary>
public sealed class TorchTests
{
    private const string Scripted = "torch_mlp__g1-v1.6.0__gz__torch1.13.0a0.flm";

    [Theory]
    [InlineData(Scripted)]
    [InlineData("torch_mlp__g3-v2.1.0-p2__zstd__torch2.6.0_debian.flm")]
    public async Task Package_OfTorch_AnswersOverHttp(string package)
    {
        await using var server = await FlamaServer.StartAsync([Fixtures.PathOf("flm", package)]);

        using var answer = await server.PostAsync("/predict/", """{"input": [[0, 0], [0, 1], [1, 0]]}""");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode, text);
        using var document = JsonDocument.Parse(text);
        var rows = document.RootElement.GetProperty("output").EnumerateArray().Select(row => row[0].GetDouble()).ToArray();
        Assert.Equal(3, rows.Length);
        Assert.All(rows, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public async Task Package_WithAShape_ShowsItAndRefusesOthers()
    {
        using TemporaryDirectory directory = new();
        var package = directory.PathOf("xor.flm");
        var packed = await FlamaProcess.RunAsync(["package", Fixtures.PathOf("flm", Scripted), "--input-shape", "?,2", "--output", package]);
        Assert.True(packed.ExitCode == 0, packed.Error);
        await using var server = await FlamaServer.StartAsync([package]);

        using var answer = await server.PostAsync("/predict/", """{"input": [[0, 0], [0, 1], [1, 0]]}""");
        using var refused = await server.PostAsync("/predict/", """{"input": [[0, 0, 0]]}""");
        var schema = await server.GetStringAsync("/schema/");

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("\"maxItems\":2,\"minItems\":2", string.Concat(schema.Where(character => !char.IsWhiteSpace(character))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?,3", "aten::")]
    [InlineData("y=?,2", "input")]
    [InlineData("two", "x=1,3,224,224")]
    public async Task Serve_WithAShapeThatDoesNotFit_Fails(string shape, string expected)
    {
        var result = await FlamaProcess.RunAsync(["serve", Fixtures.PathOf("flm", Scripted), "--input-shape", shape]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WithoutProgram_IsNamedForWhatItIs()
    {
        using TemporaryDirectory directory = new();
        using (var zip = await System.IO.Compression.ZipFile.OpenReadAsync(Fixtures.PathOf("golden", "torch", "representative.zip"), TestContext.Current.CancellationToken))
        {
            var entry = zip.Entries.First(entry => entry.FullName.StartsWith("neg-state-dict/model", StringComparison.Ordinal));
            await System.IO.Compression.ZipFileExtensions.ExtractToFileAsync(entry, directory.PathOf("weights.pt"), TestContext.Current.CancellationToken);
        }

        var result = await FlamaProcess.RunAsync(["serve", directory.PathOf("weights.pt")]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("state dict", result.Error, StringComparison.Ordinal);
    }
}
