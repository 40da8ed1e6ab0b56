using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Flama.FunctionalTests;

/// <summary>Images in, labels out, by the real tool over HTTP and on the command line.</summary>
public sealed class ProcessingTests(ProcessingServer served) : IClassFixture<ProcessingServer>
{
    private const string RedAnswer = "{\"labels\":[\"red\",\"green\"],\"scores\":[1.0,0.0]}";

    [Fact]
    public async Task Post_PngAsTheBody_AnswersItsLabels()
    {
        using var response = await served.Server.PostAsync("/predict/", await BytesAsync(served.Red), "image/png");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{{\"output\":{RedAnswer}}}", Compact(await TextAsync(response)));
    }

    [Fact]
    public async Task Post_JpegInEveryForm_AnswersTheSame()
    {
        var photo = await BytesAsync(served.Photo);
        using var body = await served.Server.PostAsync("/predict/", photo, "image/jpeg");
        using var bytes = await served.Server.PostAsync("/predict/", photo, "application/octet-stream");
        using var json = await served.Server.PostAsync("/predict/", $"{{\"input\": \"{Convert.ToBase64String(photo)}\"}}");
        using MultipartFormDataContent form = new() { { new ByteArrayContent(photo), "image", "photo.jpg" } };
        using var sent = await served.Server.Client.PostAsync(new Uri("/predict/", UriKind.Relative), form, TestContext.Current.CancellationToken);

        var answer = await TextAsync(body);

        Assert.Equal(HttpStatusCode.OK, body.StatusCode);
        Assert.Equal([answer, answer, answer], [await TextAsync(bytes), await TextAsync(json), await TextAsync(sent)]);
    }

    [Fact]
    public async Task Post_SeveralImages_AnswersAList()
    {
        var (red, photo) = (Convert.ToBase64String(await BytesAsync(served.Red)), Convert.ToBase64String(await BytesAsync(served.Photo)));
        using var json = await served.Server.PostAsync("/predict/", $"{{\"input\": [\"{red}\", {{\"b64\": \"{photo}\"}}]}}");
        using MultipartFormDataContent form = new()
        {
            { new ByteArrayContent(await BytesAsync(served.Red)), "image", "red.png" },
            { new ByteArrayContent(await BytesAsync(served.Photo)), "image", "photo.jpg" },
        };
        using var sent = await served.Server.Client.PostAsync(new Uri("/predict/", UriKind.Relative), form, TestContext.Current.CancellationToken);

        var answer = await TextAsync(json);

        Assert.StartsWith("{\"output\":{\"labels\":[[\"red\",\"green\"],[", Compact(answer), StringComparison.Ordinal);
        Assert.Equal(answer, await TextAsync(sent));
    }

    [Theory]
    [InlineData("image/png", "hello", "neither a PNG nor a JPEG")]
    [InlineData("image/gif", "GIF89a", "a GIF, which is not read")]
    [InlineData("multipart/form-data; boundary=x", "--y--", "The form cannot be read")]
    [InlineData("multipart/form-data", "", "has no boundary")]
    [InlineData("application/json", "{\"input\": 5}", "expected string")]
    public async Task Post_WhatIsNoImage_IsRefusedWithItsReason(string mediaType, string body, string message)
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);

        using var response = await served.Server.Client.PostAsync(new Uri("/predict/", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, await TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BombOfAnImage_IsTooLarge()
    {
        var file = await BytesAsync(served.Photo);
        var header = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]);
        file.AsSpan(header + 5, 4).Fill(0xFF);

        using var response = await served.Server.PostAsync("/predict/", file, "image/jpeg");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("65535 × 65535 pixels", JsonDocument.Parse(await TextAsync(response)).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_OfAnImageModel_HasImagesAndLabels()
    {
        using var document = JsonDocument.Parse(await served.Server.GetStringAsync("/schema/"));
        var operation = document.RootElement.GetProperty("paths").GetProperty("/predict/").GetProperty("post");

        var bodies = operation.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(body => body.Name);
        Assert.Equal(["application/json", "image/png", "image/jpeg", "multipart/form-data"], bodies);
        Assert.Contains("An image (PNG or JPEG) in base64, or a list of them", document.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"red\"", document.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_OfAnImageModel_TakesTensors()
    {
        var row = $"[{string.Join(", ", Enumerable.Repeat("1", 8))}]";
        var plane = $"[{string.Join(", ", Enumerable.Repeat(row, 8))}]";

        using var response = await served.Server.PostAsync("/infer/", $"{{\"input\": [[{plane}, {plane}, {plane}]]}}");

        Assert.Equal("{\"output\":[[1.0,1.0,1.0]]}", Compact(await TextAsync(response)));
    }

    [Fact]
    public async Task Model_Files_AreAnswered()
    {
        var one = await FlamaProcess.RunAsync(["model", served.Model, "predict", served.Red]);
        var option = await FlamaProcess.RunAsync(["model", served.Model, "predict", "--file", served.Red]);
        var several = await FlamaProcess.RunAsync(["model", served.Model, "predict", served.Red, served.Photo]);

        Assert.Equal(RedAnswer, Compact(one.Output));
        Assert.Equal(one.Output, option.Output);
        Assert.StartsWith("{\"labels\":[[\"red\",\"green\"],[", Compact(several.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_WithProcessingBesideTheModel_TakesItAlong()
    {
        var package = served.PathOf("packed/other.flm");
        Directory.CreateDirectory(Path.GetDirectoryName(package)!);

        var packed = await FlamaProcess.RunAsync(["package", served.Model, "--output", package]);
        var answer = await FlamaProcess.RunAsync(["model", package, "predict", served.Red]);

        Assert.Equal((0, ""), (packed.ExitCode, packed.Error));
        Assert.Equal(RedAnswer, Compact(answer.Output));
    }

    [Fact]
    public async Task Package_WithProcessingInItsMetadata_AnswersByIt()
    {
        ProcessingServer.WriteModel(served.PathOf("plain.onnx"), 8);
        await File.WriteAllTextAsync(served.PathOf("extra.json"), $"{{\"processing\": {ProcessingServer.Colors.Replace("colors.txt", "names.txt", StringComparison.Ordinal)}}}", TestContext.Current.CancellationToken);
        var package = served.PathOf("plain.flm");

        var packed = await FlamaProcess.RunAsync(["package", served.PathOf("plain.onnx"), "--output", package, "--extra", $"@{served.PathOf("extra.json")}", "--artifact", $"names.txt={served.PathOf("colors.txt")}"]);
        var answer = await FlamaProcess.RunAsync(["model", package, "predict", served.Red]);

        Assert.Equal((0, ""), (packed.ExitCode, packed.Error));
        Assert.Equal(RedAnswer, Compact(answer.Output));
    }

    [Fact]
    public async Task Model_WithAWrongKey_IsRefusedNamingIt()
    {
        ProcessingServer.WriteModel(served.PathOf("wrong.onnx"), 8);
        await File.WriteAllTextAsync(served.PathOf("wrong.processing.json"), "{\"image\": {\"size\": \"big\"}}", TestContext.Current.CancellationToken);

        var result = await FlamaProcess.RunAsync(["model", served.PathOf("wrong.onnx"), "predict", served.Red]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'processing.image.size' is \"big\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_Encoder_AnswersToStrings()
    {
        ProcessingServer.WriteEncoder(served.PathOf("encoder.onnx"));
        await using var server = await FlamaServer.StartAsync([served.PathOf("encoder.onnx"), "--server-port=0"]);

        using var one = await server.PostAsync("/predict/", "{\"input\": \"hello\"}");
        using var several = await server.PostAsync("/predict/", "{\"input\": [\"hello\", \"hello world\"]}");
        using var plain = await server.PostAsync("/predict/", "hello"u8.ToArray(), "text/plain");
        using var wrong = await server.PostAsync("/predict/", "{\"input\": 5}");

        Assert.Equal("{\"output\":[5.0,1.0]}", Compact(await TextAsync(one)));
        Assert.Equal("{\"output\":[[5.0,1.0],[5.25,1.0]]}", Compact(await TextAsync(several)));
        Assert.Equal(await TextAsync(one), await TextAsync(plain));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("\"text/plain\"", await server.GetStringAsync("/schema/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_TextsOnStandardInput_AreAnsweredLineByLine()
    {
        ProcessingServer.WriteEncoder(served.PathOf("lines.onnx"));

        var lines = await FlamaProcess.RunAsync(["model", served.PathOf("lines.onnx"), "predict"], "hello\nhello world\n");
        var json = await FlamaProcess.RunAsync(["model", served.PathOf("lines.onnx"), "predict"], "\"hello\"");

        Assert.Equal("[[5.0,1.0],[5.25,1.0]]", Compact(lines.Output));
        Assert.Equal("[5.0,1.0]", Compact(json.Output));
    }

    private static Task<byte[]> BytesAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static string Compact(string json) => json.Replace(" ", "", StringComparison.Ordinal).TrimEnd('\n');
}
