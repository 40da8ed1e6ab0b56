using System.Text;
using System.Text.Json;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Flama.Tests;

/// <summary>Lines by POST, over a connection of the test's own, since a client that sends all before it reads would see nothing of a stream.</summary>
public sealed class LineStreamTests
{
    [Fact]
    public async Task Post_Lines_AreAnsweredWhileOthersAreStillToCome()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        await using var stream = await LineClient.OpenAsync(host.Address, "/stream/");

        await stream.SendAsync("[[1, 2]]\n");
        var first = await stream.ReadAsync();
        await stream.SendAsync("{\"input\": [[-1, 0], [3, 4]]}\n\n  \n[[0,");
        var second = await stream.ReadAsync();
        await stream.SendAsync(" 0]]");
        await stream.EndAsync();
        var third = await stream.ReadAsync();
        var end = await stream.ReadAsync();

        Assert.Equal("application/x-ndjson", stream.ContentType);
        Assert.Equal("""{"output":["yes"]} {"output":["no","yes"]} {"output":["no"]}""", $"{first} {second} {third}");
        Assert.Null(end);
    }

    [Fact]
    public async Task Post_BadLines_AreAnsweredWithErrorsAndTheStreamGoesOn()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/stream", "[[1, \"x\"]]\n[[1,\n[[1, 2, 3]]\n{\"rows\": 1}\n[[1, 2]]\r\n", "application/x-ndjson");

        var lines = answer.Body.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(200, answer.Status);
        Assert.Equal(5, lines.Count);
        Assert.All(lines[..4], line => Assert.Equal(400, line.GetProperty("status").GetInt32()));
        Assert.Equal("[\"input\",0,1]", lines[0].GetProperty("errors")[0].GetProperty("loc").GetRawText());
        Assert.Equal("Malformed JSON", lines[1].GetProperty("title").GetString());
        Assert.Equal("yes", lines[4].GetProperty("output")[0].GetString());
    }

    [Fact]
    public async Task Post_BadLines_TellTheirNumber()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.MaxRequestBodyBytes = 64);

        var answer = await host.PostAsync("/stream/", $"[[1, 2]]\n\n[[1,\n[[1, \"x\"]]\n{new string(' ', 100)}[[1, 2]]\n\n{{\"input\":[[1, 2]], oops}}", "application/x-ndjson");

        var lines = answer.Body.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([3, 4, 5, 7], lines[1..].Select(line => line.GetProperty("line").GetInt32()));
        Assert.False(lines[0].TryGetProperty("line", out _));
        Assert.StartsWith("The input is not JSON: it ends before the document does at line 3, byte 5.", lines[1].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Line 5 is longer than the limit of 64 bytes.", lines[3].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("at line 7, byte 20", lines[4].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ObjectsAndTexts_AreSingleRows()
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapModel("/customer", FakeModels.Customer());
            app.MapModel("/text", FakeModels.Text());
        });

        var named = await host.PostAsync(
            "/customer/stream/", """
            {"id": 1, "country": "Spain", "age": 20, "balance": 1.5}
            [{"id": 1, "country": "Spain", "age": null, "balance": 1.5}]
            {"input": [[1, "France", 1, 2]]}
            """);
        var texts = await host.PostAsync("/text/stream/", "\"four\"\n[\"one\", \"three\"]\n");

        Assert.Equal("{\"output\":[21.5]}\n{\"output\":[1.5]}\n{\"output\":[3.0]}\n", named.Body);
        Assert.Equal("{\"output\":[4]}\n{\"output\":[3,5]}\n", texts.Body);
    }

    [Fact]
    public async Task Post_LineOverTheLimit_IsAnsweredOnceAndSkipped()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.MaxRequestBodyBytes = 64);
        await using var stream = await LineClient.OpenAsync(host.Address, "/stream/");

        await stream.SendAsync("[[1, " + new string(' ', 100));
        var refused = await stream.ReadAsync();
        await stream.SendAsync(new string(' ', 1000) + " 2]]\n[[1, 2]]\n");
        var next = await stream.ReadAsync();
        await stream.SendAsync("[[1, " + new string(' ', 100) + "2]]\n[[0, 0]]\n");
        var whole = await stream.ReadAsync();
        var last = await stream.ReadAsync();

        Assert.Contains("\"status\":413", refused, StringComparison.Ordinal);
        Assert.Equal("""{"output":["yes"]}""", next);
        Assert.Contains("\"status\":413", whole, StringComparison.Ordinal);
        Assert.Equal("""{"output":["no"]}""", last);
    }

    [Fact]
    public async Task Post_FailureOfTheModel_IsLoggedAndAnsweredWithoutInternals()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Throwing(() => new InvalidOperationException("the cause")));

        var answer = await host.PostAsync("/stream/", "[[1]]\n[[1]]\n");

        var lines = answer.Body.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Contains("\"status\":500", line, StringComparison.Ordinal));
        Assert.DoesNotContain("the cause", answer.Body, StringComparison.Ordinal);
        Assert.Contains(host.Log.All, line => line.Id == 2001 && line.Text.Contains("the cause", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_MoreAnswersThanTheClientReads_StopsReadingAndLosesNothing()
    {
        const int count = 20_000;
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        await using var stream = await LineClient.OpenAsync(host.Address, "/stream/");

        var sending = SendAllAsync(stream, count);
        var answers = 0;
        while (await stream.ReadAsync() is { } line)
        {
            Assert.Equal(answers % 2 == 0 ? """{"output":["no"]}""" : """{"output":["yes"]}""", line);
            answers++;
        }

        await sending;
        Assert.Equal(count, answers);
    }

    [Fact]
    public async Task Post_ClientThatGoesAway_EndsTheRequest()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        await using (var stream = await LineClient.OpenAsync(host.Address, "/stream/"))
        {
            await stream.SendAsync("[[1, 2]]\n");
            await stream.ReadAsync();
            stream.Reset();
        }

        var gone = await host.Log.FirstAsync(2004);

        Assert.Contains("/stream/", gone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.All, line => line.Id is 2001 or 2002);
    }

    [Fact]
    public async Task Post_OtherContentTypeOrNoPrediction_IsRefused()
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapModel("/", FakeModels.Linear());
            app.MapModel("/double", FakeModels.Doubler());
        });

        var text = await host.PostAsync("/stream/", "[[1, 2]]", "text/plain");
        var transformer = await host.PostAsync("/double/stream/", "[[1]]");

        Assert.Equal(415, text.Status);
        Assert.Contains("application/x-ndjson", text.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(404, transformer.Status);
    }

    [Fact]
    public async Task Post_OneTextAsInput_IsAnsweredAsServerSentEvents()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Text());

        var answer = await host.PostAsync("/stream/", """{"input": "four"}""");

        Assert.Equal((200, "text/event-stream", "data: [4]\n\n"), (answer.Status, answer.ContentType, answer.Body));
    }

    [Fact]
    public async Task Post_ClientThatAcceptsEvents_GetsThem()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using HttpRequestMessage request = new(HttpMethod.Post, "/stream/") { Content = new StringContent("[[1,1]]\nnonsense\n[[0,0]]\n") };
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Content.Headers.ContentType = new("application/x-ndjson");

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var answer = await Answer.ReadAsync(response);
        Assert.Equal("text/event-stream", answer.ContentType);
        Assert.StartsWith("data: [\"yes\"]\n\nevent: error\ndata: {\"type\":", answer.Body, StringComparison.Ordinal);
        Assert.EndsWith("}\n\ndata: [\"no\"]\n\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_HasTheStream()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var schema = (await host.GetAsync("/schema/")).Json;

        var post = schema.GetProperty("paths").GetProperty("/stream/").GetProperty("post");
        Assert.Equal("model_stream", post.GetProperty("operationId").GetString());
        var request = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/x-ndjson").GetProperty("example").GetRawText();
        var response = post.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/x-ndjson");
        var answer = await host.PostAsync("/stream/", JsonSerializer.Serialize(JsonDocument.Parse(request).RootElement), "application/x-ndjson");
        Assert.Equal(JsonSerializer.Serialize(response.GetProperty("example")), JsonSerializer.Serialize(answer.Json));
        Assert.Equal("#/components/schemas/flama.MLModelOutput", response.GetProperty("schema").GetProperty("anyOf")[0].GetProperty("$ref").GetString());
        Assert.False(schema.GetProperty("paths").GetProperty("/stream/").TryGetProperty("get", out _));
    }

    [Fact]
    public async Task Stop_DuringAStream_EndsItBehindTheLinesThatArrived()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        await using var stream = await LineClient.OpenAsync(host.Address, "/stream/");
        await stream.SendAsync("[[1, 2]]\n");
        var first = await stream.ReadAsync();

        var stopping = host.StopAsync();
        var end = await stream.ReadAsync();
        await stream.EndAsync();

        await stopping;
        Assert.Equal("""{"output":["yes"]}""", first);
        Assert.Null(end);
    }

    private static async Task SendAllAsync(LineClient stream, int count)
    {
        StringBuilder block = new();
        for (var i = 0; i < count; i++)
        {
            block.Append(i % 2 == 0 ? "[[0, 0]]\n" : "[[1, 2]]\n");
            if (i % 100 == 99)
            {
                await stream.SendAsync(block.ToString());
                block.Clear();
            }
        }

        await stream.EndAsync();
    }
}
