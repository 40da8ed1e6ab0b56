using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Files of neural networks are served by a real server as those of other models are.</summary>
public sealed class ServeNetworkTests
{
    [Theory]
    [InlineData("onnx", "few.zip", "activations/model.onnx", "OnnxModel")]
    [InlineData("keras", "keras3.x.zip", "dense__keras/model.keras", "")]
    [InlineData("keras", "keras3.x.zip", "dense_lora__h5/model.h5", "")]
    public async Task File_IsInspectedAndAnswersItsOwnExample(string folder, string archive, string entry, string className)
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf(Path.GetFileName(entry));
        await using (var zip = await ZipFile.OpenReadAsync(Fixtures.PathOf("golden", folder, archive), TestContext.Current.CancellationToken))
        {
            await zip.GetEntry(entry)!.ExtractToFileAsync(file, TestContext.Current.CancellationToken);
        }

        await using var server = await FlamaServer.StartAsync([file, "--server-batch", "--server-port=0"]);
        using var shown = JsonDocument.Parse(await server.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
        using var schema = JsonDocument.Parse(await server.Client.GetStringAsync(new Uri("/schema/", UriKind.Relative), TestContext.Current.CancellationToken));
        var example = schema.RootElement.GetProperty("paths").GetProperty("/predict/").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        var body = example.TryGetProperty("example", out var one) ? one : example.GetProperty("examples").EnumerateObject().First().Value.GetProperty("value");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.PostAsync("/predict/", body.GetRawText())));

        Assert.Contains(className, shown.RootElement.GetProperty("meta").GetProperty("model").GetProperty("obj").GetString(), StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var texts = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.All(texts, text => Assert.Contains("\"output\":", text, StringComparison.Ordinal));
        Assert.All(answers, answer => answer.Dispose());
    }
}
