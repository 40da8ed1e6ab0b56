using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Flama.Tests.Hosting;

namespace Flama.Tests;

public sealed class CompressedBodyTests
{
    private const string Rows = """{"input":[[1,1]]}""";

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task Post_CompressedBody_IsAnsweredAsThePlainOne(string encoding)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        var plain = await host.PostAsync("/predict/", Rows);

        var answer = await PostAsync(host, Compress(encoding, Rows), encoding);

        Assert.Equal((200, plain.Body), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("zstd", "The content encoding 'zstd' is not read.")]
    [InlineData("gzip, br", "The content encoding 'gzip, br' is not read.")]
    public async Task Post_OtherEncoding_Is415(string encoding, string detail)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await PostAsync(host, Encoding.UTF8.GetBytes(Rows), encoding);

        Assert.Equal(415, answer.Status);
        Assert.StartsWith(detail, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyThatIsNotCompressedSo_Is400()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await PostAsync(host, Encoding.UTF8.GetBytes(Rows), "gzip");

        Assert.Equal(400, answer.Status);
        Assert.StartsWith("The body is not valid gzip.", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BombBeyondTheLimit_Is413()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await PostAsync(host, Compress("gzip", new string(' ', 40 << 20)), "gzip");

        Assert.Equal(413, answer.Status);
    }

    [Fact]
    public async Task Stream_Compressed_Is415()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await PostAsync(host, Compress("gzip", "[[1,1]]\n"), "gzip", "/stream/", "application/x-ndjson");

        Assert.Equal(415, answer.Status);
    }

    private static async Task<Answer> PostAsync(FlamaHost host, byte[] body, string encoding, string path = "/predict/", string type = "application/json")
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        foreach (var one in encoding.Split(", "))
        {
            content.Headers.ContentEncoding.Add(one);
        }

        using var response = await host.Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private static byte[] Compress(string encoding, string text)
    {
        using MemoryStream compressed = new();
        using (Stream stream = encoding.ToUpperInvariant() switch
        {
            "GZIP" => new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            "DEFLATE" => new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            "BR" => new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BufferedStream(compressed),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush();
            return encoding == "identity" ? compressed.ToArray() : Finish(stream, compressed);
        }
    }

    private static byte[] Finish(Stream stream, MemoryStream compressed)
    {
        stream.Dispose();
        return compressed.ToArray();
    }
}
