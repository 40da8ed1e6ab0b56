using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Flama.Hosting.Diagnostics;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Flama.Tests;

public class PredictTests
{
    [Theory]
    [InlineData("/predict/", """{"input":[[1,1],[-1,-1]]}""", """{"output":["yes","no"]}""")]
    [InlineData("/predict", """{"input":[[1,1]]}""", """{"output":["yes"]}""")]
    [InlineData("/predict/", """{"input":[1,1]}""", """{"output":["yes"]}""")]
    [InlineData("/predict/", """{"input":[[true,false]],"other":1}""", """{"output":["yes"]}""")]
    [InlineData("/predict_proba/", """{"input":[[1,1],[-1,-1]]}""", """{"output":[[0.25,0.75],[1.0,0.0]]}""")]
    [InlineData("/decision_function", """{"input":[[1,1],[1e-8,0],[0.1,0.2]]}""", """{"output":[2.0,1e-08,0.30000000000000004]}""")]
    [InlineData("/predict/?other=1", """{"input":[[1,1]]}""", """{"output":["yes"]}""")]
    [InlineData("/predict/?include=", """{"input":[[1,1]]}""", """{"output":["yes"]}""")]
    [InlineData("/decision_function/?include=nonsense", """{"input":[[1,1]]}""", """{"output":[2.0]}""")]
    public async Task Post_Rows_AnswersAsPythonPrints(string path, string body, string expected)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync(path, body);

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal(expected, answer.Body);
        Assert.Equal(Encoding.UTF8.GetByteCount(expected), answer.ContentHeaders.ContentLength);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Post_DegreeOfParallelism_ReachesTheModel(int degree)
    {
        var degrees = new List<int>();
        await using var host = await FlamaHost.StartAsync(FakeModels.Degrees(degrees), flama: options => options.MaxDegreeOfParallelism = degree);

        var answer = await host.PostAsync("/predict/", """{"input":[[1]]}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal([degree], degrees);
    }

    [Theory]
    [InlineData("""{"input":[["x","France","42.5",1]]}""", """{"output":[43.5]}""")]
    [InlineData("""{"input":[{"balance":1,"age":null,"country":"Spain"},{"country":"France","age":2,"balance":2}]}""", """{"output":[1.0,4.0]}""")]
    public async Task Post_MixedRows_AreCheckedAndPlaced(string body, string expected)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Customer());

        var answer = await host.PostAsync("/predict/", body);

        Assert.Equal((200, expected), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Post_Documents_AreRows()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Text());

        var answer = await host.PostAsync("/predict/", """{"input":["four","é😀",""]}""");

        Assert.Equal("""{"output":[4,3,0]}""", answer.Body);
    }

    [Fact]
    public async Task Post_SeveralOutputs_AnswersListsOfLists()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.TwoOutputs());

        var predicted = await host.PostAsync("/predict/?include=probabilities,classes", """{"input":[[1]]}""");
        var probabilities = await host.PostAsync("/predict_proba/", """{"input":[[1],[2]]}""");

        Assert.Equal("""{"output":[["yes",2]],"probabilities":[[[0.5,0.5]],[[0.25,0.25,0.25]]],"classes":[["no","yes"],[1,2,3]]}""", predicted.Body);
        Assert.Equal("""{"output":[[[0.5,0.5],[0.5,0.5]],[[0.25,0.25,0.25],[0.25,0.25,0.25]]]}""", probabilities.Body);
    }

    [Theory]
    [InlineData("probabilities", """{"output":["yes"],"probabilities":[[0.25,0.75]]}""")]
    [InlineData("classes", """{"output":["yes"],"classes":["no","yes"]}""")]
    [InlineData("version", """{"output":["yes"],"model_version":"1.2.3"}""")]
    [InlineData("version,classes, probabilities", """{"output":["yes"],"probabilities":[[0.25,0.75]],"classes":["no","yes"],"model_version":"1.2.3"}""")]
    [InlineData("classes&include=version", """{"output":["yes"],"classes":["no","yes"],"model_version":"1.2.3"}""")]
    public async Task Post_Include_AddsMembersBesideOutput(string include, string expected)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync($"/predict/?include={include}", """{"input":[[1,1]]}""");

        Assert.Equal((200, expected), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Post_IncludeLatency_AddsMilliseconds()
    {
        await using var host = await FlamaHost.StartAsync(
            app => app.MapModel("/", FakeModels.Linear()), configure: builder => FixedTime.Use(builder, TimeSpan.FromMilliseconds(1.5)));

        var answer = await host.PostAsync("/predict/?include=latency", """{"input":[[1,1]]}""");

        Assert.Equal("""{"output":["yes"],"latency_ms":1.5}""", answer.Body);
    }

    [Fact]
    public async Task Post_IncludeVersionWithoutOne_GivesTheId()
    {
        await using var host = await FlamaHost.StartAsync(new FakeModel("M", [.. FakeModels.Linear().Methods]) { Extra = "null" });

        var answer = await host.PostAsync("/predict/?include=version", """{"input":[[1,1]]}""");

        Assert.Equal("""{"output":["yes"],"model_version":"621c1d8a-144a-4a86-9a9c-9157f80bfa2d"}""", answer.Body);
    }

    [Theory]
    [InlineData("/linear/predict/?include=shape", "The answer cannot include 'shape'. Possible with this model: probabilities, classes, version, latency.")]
    [InlineData("/customer/predict/?include=version,probabilities", "Pipeline has no predict_proba, so that the answer cannot include probabilities. Possible with this model: version, latency.")]
    [InlineData("/customer/predict/?include=classes", "Pipeline has no classes that the answer could include. Possible with this model: version, latency.")]
    public async Task Post_IncludeWhatIsNotThere_SaysWhatIs(string path, string detail)
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapModel("/linear", FakeModels.Linear());
            app.MapModel("/customer", FakeModels.Customer());
        });

        var answer = await host.PostAsync(path, """{"input":[[1,1]]}""");

        Assert.Equal(400, answer.Status);
        Assert.Equal(detail, answer.Json.GetProperty("detail").GetString());
        Assert.Equal("ValidationError", answer.Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Post_MethodTheModelLacks_IsNotFound()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Doubler());

        var predict = await host.PostAsync("/predict/", """{"input":[[1]]}""");
        var transform = await host.PostAsync("/transform/", """{"input":[[1]]}""");

        Assert.Equal(404, predict.Status);
        Assert.Equal("""{"output":[[2.0]]}""", transform.Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/vnd.api+json")]
    public async Task Post_JsonContentTypes_AreTaken(string? contentType)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/predict/", """{"input":[[1,1]]}""", contentType);

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task Post_EncodingsWithMark_AreRead(string name)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Text());
        var encoding = Encoding.GetEncoding(name);
        using var content = new ByteArrayContent([.. encoding.GetPreamble(), .. encoding.GetBytes("""{"input":["é😀"]}""")]);

        using var response = await host.Client.PostAsync("/predict/", content, TestContext.Current.CancellationToken);

        Assert.Equal("""{"output":[3]}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Post_BodyInPieces_IsReadWhole()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        var body = """{"input":[[1,1],[-1,-1]]}""";
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /predict/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"),
            TestContext.Current.CancellationToken);
        foreach (var piece in body.Chunk(5))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), TestContext.Current.CancellationToken);
            await stream.FlushAsync(TestContext.Current.CancellationToken);
        }

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"output":["yes","no"]}""", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    public async Task Post_ChunkedBody_IsReadWhole(int rows)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict/")
        {
            Content = new StringContent($$"""{"input":[{{string.Join(",", Enumerable.Range(0, rows).Select(i => $"[{i},1]"))}}]}"""),
        };
        request.Content.Headers.ContentType = null;
        request.Headers.TransferEncodingChunked = true;

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);

        Assert.Equal(200, answer.Status);
        Assert.Equal(rows, answer.Json.GetProperty("output").GetArrayLength());
    }

    [Fact]
    public async Task Post_LargeBodyAndAnswer_AreComplete()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        var body = $$"""{"input":[{{string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"[{i},0.5]"))}}]}""";

        var answer = await host.PostAsync("/decision_function/", body);

        var output = answer.Json.GetProperty("output");
        Assert.Equal(100_000, output.GetArrayLength());
        Assert.Equal(99_999.5, output[99_999].GetDouble());
    }

    [Fact]
    public async Task Post_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
        {
            var rows = string.Join(",", Enumerable.Range(0, 1 + (i % 50)).Select(row => $"[{i},{row}]"));
            return (Number: i, Answer: await host.PostAsync("/decision_function/", $$"""{"input":[{{rows}}]}"""));
        }));

        Assert.All(answers, pair => Assert.Equal(
            $$"""{"output":[{{string.Join(",", Enumerable.Range(0, 1 + (pair.Number % 50)).Select(row => $"{pair.Number + row}.0"))}}]}""",
            pair.Answer.Body));
    }

    [Fact]
    public async Task Post_WithAListener_IsMeasured()
    {
        List<string> seen = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == FlamaDiagnostics.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new("flama.model", "measured")))
            {
                seen.Add($"{instrument.Name} {value}");
            }
        });
        listener.Start();
        await using var host = await FlamaHost.StartAsync(app => app.MapModel("/measured", FakeModels.Linear()));

        await host.PostAsync("/measured/predict/", """{"input":[[1,1],[2,2]]}""");
        await host.PostAsync("/measured/stream/", "[[1,1]]", "application/x-ndjson");

        Assert.Equal(["flama.predict.rows 2", "flama.predict.rows 1"], seen);
    }
}
