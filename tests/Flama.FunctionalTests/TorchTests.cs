using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Programs of PyTorch in packages of Flama, served by the tool.</summary>
public sealed class TorchTests
{
    [Theory]
    [InlineData("torch_mlp__g1-v1.6.0__gz__torch1.13.0a0.flm")]
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
