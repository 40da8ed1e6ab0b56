using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Flama.AspNetCore.Tests;

/// <summary>Endpoints of JSON-RPC 2.0, with the examples of its specification.</summary>
public sealed class JsonRpcTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1}""", """{"jsonrpc":"2.0","result":19,"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"subtract","params":{"subtrahend":23,"minuend":42},"id":"a"}""", """{"jsonrpc":"2.0","result":19,"id":"a"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":null}""", """{"jsonrpc":"2.0","result":7,"id":null}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"nothing","id":1}""", """{"jsonrpc":"2.0","result":null,"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"foobar","id":"1"}""", """{"jsonrpc":"2.0","error":{"code":-32601,"message":"There is no method 'foobar'."},"id":"1"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":1,"params":"bar"}""", """{"jsonrpc":"2.0","error":{"code":-32600,"message":"The call is not one of JSON-RPC 2.0."},"id":null}""")]
    [InlineData("""{"method":"sum","params":[1],"id":5}""", """{"jsonrpc":"2.0","error":{"code":-32600,"message":"The call is not one of JSON-RPC 2.0."},"id":5}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"foobar, "params":"bar","baz]""", """{"jsonrpc":"2.0","error":{"code":-32700,"message":"The body is not JSON."},"id":null}""")]
    [InlineData("[]", """{"jsonrpc":"2.0","error":{"code":-32600,"message":"The batch is empty."},"id":null}""")]
    [InlineData("[1]", """[{"jsonrpc":"2.0","error":{"code":-32600,"message":"The call is not one of JSON-RPC 2.0."},"id":null}]""")]
    [InlineData("""{"jsonrpc":"2.0","method":"subtract","params":{"minuend":"x","subtrahend":1},"id":1}""", """{"jsonrpc":"2.0","error":{"code":-32602,"message":"'minuend' in 'params' is not of the type that is expected there."},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"subtract","params":{"minuend":1},"id":1}""", """{"jsonrpc":"2.0","error":{"code":-32602,"message":"'params' lacks 'subtrahend'."},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"subtract","params":[1,2,3],"id":1}""", """{"jsonrpc":"2.0","error":{"code":-32602,"message":"'params' has 3 values, and the method takes 2."},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","id":1}""", """{"jsonrpc":"2.0","error":{"code":-32602,"message":"'params' is missing."},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"echo","id":1}""", """{"jsonrpc":"2.0","error":{"code":-32602,"message":"'params' is missing."},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"echo","params":{"a":[1]},"id":1}""", """{"jsonrpc":"2.0","result":{"a":[1]},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"\ud800","id":1}""", """{"jsonrpc":"2.0","error":{"code":-32600,"message":"The call is not one of JSON-RPC 2.0."},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"nothing","id":"\udc00"}""", """{"jsonrpc":"2.0","error":{"code":-32600,"message":"The call is not one of JSON-RPC 2.0."},"id":null}""")]
    [InlineData("""{"jsonrpc":"\ud800","method":"nothing","id":1}""", """{"jsonrpc":"2.0","error":{"code":-32600,"message":"The call is not one of JSON-RPC 2.0."},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"length","params":["\ud800"],"id":1}""", """{"jsonrpc":"2.0","error":{"code":-32602,"message":"'text' in 'params' is not of the type that is expected there."},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"own","id":1}""", """{"jsonrpc":"2.0","error":{"code":7,"message":"Out of tea."},"id":1}""")]
    [InlineData(
        """[{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":"1"},{"jsonrpc":"2.0","method":"notify","params":[7]},{"foo":"boo"},{"jsonrpc":"2.0","method":"own","id":"5"}]""",
        """[{"jsonrpc":"2.0","result":7,"id":"1"},{"jsonrpc":"2.0","error":{"code":-32600,"message":"The call is not one of JSON-RPC 2.0."},"id":null},{"jsonrpc":"2.0","error":{"code":7,"message":"Out of tea."},"id":"5"}]""")]
    public async Task Call_IsAnsweredAsTheProtocolHasIt(string request, string answer)
    {
        await using var host = await StartAsync();

        var given = await host.PostAsync("/rpc", request);

        Assert.Equal((200, "application/json", answer), (given.Status, given.ContentType, given.Body));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notify","params":[7]}""")]
    [InlineData("""[{"jsonrpc":"2.0","method":"notify","params":[7]},{"jsonrpc":"2.0","method":"foobar"}]""")]
    public async Task Notifications_AreRunAndNotAnswered(string request)
    {
        List<int> noted = [];
        await using var host = await StartAsync(noted);

        var answer = await host.PostAsync("/rpc", request);

        Assert.Equal((204, ""), (answer.Status, answer.Body));
        Assert.Equal([7], noted);
    }

    [Fact]
    public async Task Method_ThatFails_TellsNothingOfTheInside()
    {
        await using var host = await StartAsync();

        var broken = (await host.PostAsync("/rpc", """{"jsonrpc":"2.0","method":"broken","id":1}""")).Json.GetProperty("error");
        var refused = (await host.PostAsync("/rpc", """{"jsonrpc":"2.0","method":"refused","id":1}""")).Json.GetProperty("error");

        Assert.Equal(-32603, broken.GetProperty("code").GetInt32());
        Assert.DoesNotContain("secret", broken.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(host.Log.All, line => line.Text.Contains("secret", StringComparison.Ordinal));
        Assert.Equal((-32000, "No places. Come later."), (refused.GetProperty("code").GetInt32(), refused.GetProperty("message").GetString()));
        Assert.Equal("urn:flama:error:overloaded", refused.GetProperty("data").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Body_AboveTheLimit_Is413_ToTheByte()
    {
        await using var host = await StartAsync(options: http => http.MaxRequestBodyBytes = 100);
        const string call = """{"jsonrpc":"2.0","method":"nothing","id":1}""";

        var whole = await host.PostAsync("/rpc", call.PadRight(100));
        var above = await host.PostAsync("/rpc", call.PadRight(101));
        using var pieces = new StreamContent(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(call.PadRight(101))));
        pieces.Headers.ContentType = new("application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, "/rpc") { Content = pieces };
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((200, 413, 413), (whole.Status, above.Status, (int)chunked.StatusCode));
        Assert.Equal("urn:flama:error:input_too_large", above.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Request_OfAnotherTypeOrMethod_IsRefused()
    {
        await using var host = await StartAsync();
        var calls = string.Join(',', Enumerable.Repeat("""{"jsonrpc":"2.0","method":"nothing"}""", 101));

        Assert.Equal(415, (await host.PostAsync("/rpc", "{}", "text/plain")).Status);
        Assert.Equal(405, (await host.GetAsync("/rpc")).Status);
        Assert.Contains("101 calls, and the limit is 100", (await host.PostAsync("/rpc", $"[{calls}]")).Body, StringComparison.Ordinal);
    }

    private static Task<FlamaHost> StartAsync(List<int>? noted = null, Action<FlamaHttpOptions>? options = null) => FlamaHost.StartAsync(app => app.MapJsonRpc("/rpc", rpc => rpc
        .Add("subtract", (Subtraction numbers, JsonRpcCall _) => numbers.Minuend - numbers.Subtrahend)
        .Add("sum", (int[] numbers, JsonRpcCall _) => Task.FromResult(numbers.Sum()))
        .Add("echo", (System.Text.Json.JsonElement any, JsonRpcCall _) => any)
        .Add("length", (Line line, JsonRpcCall _) => line.Text.Length)
        .Add<Nothing, string?>("nothing", (_, _) => null as string)
        .Add<int[], int>("notify", (numbers, call) =>
        {
            Assert.True(call.IsNotification);
            noted?.AddRange(numbers);
            return 0;
        })
        .Add<Nothing, int>("own", int (_, _) => throw new JsonRpcException(7, "Out of tea."))
        .Add<Nothing, int>("broken", int (_, _) => throw new InvalidOperationException("secret"))
        .Add<Nothing, int>("refused", int (_, _) => throw new FlamaException(ErrorCodes.Overloaded, "No places.", "Come later."))), options);

    private sealed record Nothing;

    private sealed record Line(string Text);

    private sealed class Subtraction
    {
        public required int Minuend { get; init; }

        public required int Subtrahend { get; init; }
    }
}
