using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Files of Keras served by the tool.</summary>
public sealed class KerasTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Serve_KerasFile_AnswersAsKeras()
    {
        var (path, golden) = Extract("dense__keras", "model.keras");
        await using var server = await FlamaServer.StartAsync([path, "--server-port=0"]);
        var check = golden.GetProperty("checks")[0];
        var input = check.GetProperty("inputs").EnumerateObject().First().Value.GetProperty("data").GetRawText();

        using var response = await server.PostAsync("/predict/", Encoding.UTF8.GetBytes($"{{\"input\": {input}}}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Numbers(check.GetProperty("outputs").GetProperty("0").GetProperty("data")), Numbers(answer.RootElement.GetProperty("output")), (left, right) => Math.Abs(left - right) <= 1e-4 * Math.Max(1, Math.Abs(left)));
    }

    [Fact]
    public async Task Serve_ArchiveOfASavedModel_AnswersToTexts()
    {
        var (path, golden) = Pack("m_text_bow_tfidf__k3-export");
        await using var server = await FlamaServer.StartAsync([path, "--server-port=0"]);
        var check = golden.GetProperty("checks")[0];
        var input = check.GetProperty("inputs").EnumerateObject().First().Value.GetProperty("data").GetRawText();

        using var response = await server.PostAsync("/predict/", Encoding.UTF8.GetBytes($"{{\"input\": {input}}}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Numbers(check.GetProperty("outputs").EnumerateObject().First().Value.GetProperty("data")), Numbers(answer.RootElement.GetProperty("output")), (left, right) => Math.Abs(left - right) <= 1e-4 * Math.Max(1, Math.Abs(left)));
    }

    [Fact]
    public async Task Model_WithALambdaLayer_IsRefusedByName()
    {
        var (path, _) = Extract("refuse_lambda__keras", "model.keras");

        var result = await FlamaProcess.RunAsync(["model", path, "inspect"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("is a Lambda layer: it is Python code, which is never run", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();

    private static List<double> Numbers(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().SelectMany(Numbers)] : [value.GetDouble()];

    private (string Path, JsonElement Case) Pack(string name)
    {
        using var zip = ZipFile.OpenRead(Fixtures.PathOf("golden", "keras", "savedmodel.zip"));
        var path = directory.PathOf("saved_model.tar.gz");
        using (GZipStream target = new(File.Create(path), CompressionLevel.Fastest))
        using (TarWriter tar = new(target))
        {
            foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0 && entry.FullName.StartsWith($"{name}/saved_model/", StringComparison.Ordinal)))
            {
                using MemoryStream content = new();
                using (var source = entry.Open())
                {
                    source.CopyTo(content);
                }

                content.Position = 0;
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry.FullName[(name.Length + 1)..]) { DataStream = content });
            }
        }

        using var stream = zip.GetEntry($"{name}/case.json")!.Open();
        using var document = JsonDocument.Parse(stream);
        return (path, document.RootElement.Clone());
    }

    private (string Path, JsonElement Case) Extract(string name, string file)
    {
        using var zip = ZipFile.OpenRead(Fixtures.PathOf("golden", "keras", "keras3.x.zip"));
        var path = directory.PathOf(file);
        zip.GetEntry($"{name}/{file}")!.ExtractToFile(path);
        using var stream = zip.GetEntry($"{name}/case.json")!.Open();
        using var document = JsonDocument.Parse(stream);
        return (path, document.RootElement.Clone());
    }
}
