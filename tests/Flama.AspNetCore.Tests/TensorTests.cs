using System.Text.Json;
using Flama.Tests.Hosting;

namespace Flama.Tests;

/// <summary>A method that takes tensors, from JSON to JSON.</summary>
public class TensorTests
{
    [Fact]
    public async Task Post_SeveralTensors_AreReadByNameAndAnsweredByName()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Tensors());

        var answer = await host.PostAsync("/predict/", """{"input":{"weights":[[1,2],[0.5,0.25]],"ids":[4503599627370497, 3]}}""");

        Assert.Equal((200, """{"output":{"sums":[3.0,0.75],"doubled":[9007199254740994,6]}}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Post_Int64BeyondDouble_IsExact()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Tensors());

        var answer = await host.PostAsync("/predict/", """{"input":{"ids":[4611686018427387903,-4611686018427387904],"weights":[[0,0],[0,0]]}}""");

        Assert.Equal("""{"output":{"sums":[0.0,0.0],"doubled":[9223372036854775806,-9223372036854775808]}}""", answer.Body);
    }

    [Fact]
    public async Task Post_OneTensor_IsNestedLists()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Tensors());

        var answer = await host.PostAsync("/transform/", """{"input":[[[1,2],[3,255]]]}""");

        Assert.Equal((200, """{"output":[[[1,2],[3,255]]]}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Stream_Tensors_AreLines()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Tensors());

        var answer = await host.PostAsync("/stream/", "{\"ids\":[1],\"weights\":[[1,1]]}\n{\"input\":{\"ids\":[9007199254740993],\"weights\":[[1,1]]}}\n", "application/x-ndjson");

        Assert.Equal("{\"output\":{\"sums\":[2.0],\"doubled\":[2]}}\n{\"output\":{\"sums\":[2.0],\"doubled\":[18014398509481986]}}\n", answer.Body);
    }

    [Theory]
    [InlineData("2", "int64", "2; 1", "int64; int64")]
    [InlineData("x=1,2", "x=int64", "1,2; 1", "int64; int64")]
    [InlineData("4", null, "4; 1", "float32; int64")]
    public async Task Post_Bytes_AreAnsweredAsBytes(string shape, string? type, string shapes, string types)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.OpenTensor());

        using var answer = await PostBytesAsync(host, new byte[16], shape, type);

        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal((shapes, types, 24), (answer.Headers.GetValues("X-Tensor-Shape").Single(), answer.Headers.GetValues("X-Tensor-Type").Single(), bytes.Length));
    }

    [Theory]
    [InlineData("2", "int65", "X-Tensor-Type has 'int65', expected a type such as float32, int64 or bool.")]
    [InlineData("2", "y=int64", "X-Tensor-Type has 'y', expected 'x'.")]
    [InlineData("3", "int64", "'x' has 16 bytes for the shape [3], expected x: any[…].")]
    public async Task Post_BytesOfNoType_Are400(string shape, string type, string detail)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.OpenTensor());

        using var answer = await PostBytesAsync(host, new byte[16], shape, type);

        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((400, detail), ((int)answer.StatusCode, problem.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("""{"input":[[1,2]]}""", "The input is not an object, expected tensors by name: ")]
    [InlineData("""{"input":{"ids":[1]}}""", "The input has no 'weights', expected weights: float32[batch, 2].")]
    [InlineData("""{"input":{"ids":[1],"weights":[[1,2,3]]}}""", "'weights' has the shape [1, 3], expected weights: float32[batch, 2].")]
    [InlineData("""{"input":{"ids":[1],"weights":[[1,2],[3,4]]}}""", "'batch' is 2 in 'weights' and 1 in 'ids', expected equal lengths.")]
    [InlineData("""{"input":{"ids":[1.5],"weights":[[1,2]]}}""", "'ids' has '1.5' as element 0, expected int64.")]
    [InlineData("""{"input":{"ids":[1],"weights":[[1,2]],"more":1}}""", "The input has 'more', expected 'ids', 'weights'.")]
    public async Task Post_OtherTensors_Are400(string body, string detail)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Tensors());

        var answer = await host.PostAsync("/predict/", body);

        Assert.Equal((400, "ValidationError"), (answer.Status, answer.Json.GetProperty("error").GetString()));
        Assert.StartsWith(detail, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostBytesAsync(FlamaHost host, byte[] body, string shape, string? type)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.Accept.ParseAdd("application/octet-stream");
        request.Headers.Add("X-Tensor-Shape", shape);
        if (type is not null)
        {
            request.Headers.Add("X-Tensor-Type", type);
        }

        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
