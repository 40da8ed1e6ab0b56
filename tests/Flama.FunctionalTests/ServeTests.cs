using System.Net;
using System.Text.Json;

namespace Flama.FunctionalTests;

public sealed class ServeTests(ChurnServer churn) : IClassFixture<ChurnServer>
{
    private readonly FlamaServer server = churn.Server;

    [Fact]
    public void Start_Lines_SayWhatIsServedWhere()
    {
        var address = server.Address.OriginalString;

        var lines = server.StartLines;

        Assert.Matches(@"^INFO:     Model 'churn' is Pipeline of sklearn 1\.4\.2, id [0-9a-f-]{36}, loaded in \d+\.\d\d s$", lines[0]);
        Assert.Equal<IEnumerable<string>>(
            [
                $"INFO:     Model 'churn' is at {address}/ with inspect, predict, predict_proba, predict_log_proba",
                $"INFO:     Docs are at {address}/docs/",
                $"INFO:     Schema is at {address}/schema/",
                $"INFO:     Flama running on {address} (Press CTRL+C to quit)",
            ],
            lines.Skip(1).Where(line => !line.StartsWith("WARNING:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Get_Root_ShowsTheModel()
    {
        using var document = JsonDocument.Parse(await server.GetStringAsync("/"));

        var meta = document.RootElement.GetProperty("meta");
        Assert.Equal("Pipeline", meta.GetProperty("model").GetProperty("obj").GetString());
        Assert.Equal("sklearn", meta.GetProperty("framework").GetProperty("lib").GetString());
        Assert.All(
            document.RootElement.GetProperty("artifacts").EnumerateObject(),
            artifact => Assert.Equal($"artifacts/{artifact.Name}", artifact.Value.GetString()));
    }

    [Fact]
    public async Task Post_Predict_AnswersAsScikitLearn()
    {
        var golden = Churn.Golden();

        using var response = await server.PostAsync("/predict/", $$"""{"input": {{golden.GetProperty("input").GetRawText()}}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            golden.GetProperty("predict").EnumerateArray().Select(value => value.GetInt64()),
            answer.RootElement.GetProperty("output").EnumerateArray().Select(value => value.GetInt64()));
    }

    [Fact]
    public async Task Get_Schema_DescribesTheModel()
    {
        using var document = JsonDocument.Parse(await server.GetStringAsync("/schema/"));

        Assert.StartsWith("3.1", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("Churn API", document.RootElement.GetProperty("info").GetProperty("title").GetString());
        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty("/predict/", out _));
    }

    [Fact]
    public async Task Get_Docs_IsAPage()
    {
        using var response = await server.Client.GetAsync(new Uri("/docs/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<title>Churn API</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_Answered_AreLogged()
    {
        await server.GetStringAsync("/?seen=in-the-log");

        var line = await server.Process.WaitForOutputAsync("seen=in-the-log");

        Assert.Matches("""^INFO:     127\.0\.0\.1:\d+ - "GET /\?seen=in-the-log HTTP/1\.1" 200 OK$""", line);
    }

    public static TheoryData<string, string, HttpStatusCode, string> BadBodies() => new()
    {
        { "not JSON", "{\"input\": [[1, 2}", HttpStatusCode.BadRequest, "line 1, byte 17" },
        { "cut off", "{\"input\": [[1, 2", HttpStatusCode.BadRequest, "ends before the document does" },
        { "empty", "", HttpStatusCode.BadRequest, "empty" },
        { "null", "null", HttpStatusCode.BadRequest, "null" },
        { "too deep", $"{{\"input\": {new string('[', 10_000)}{new string(']', 10_000)}}}", HttpStatusCode.BadRequest, "deep" },
        { "no rows", "{}", HttpStatusCode.BadRequest, "no 'input'" },
        { "no list", "{\"input\": 1}", HttpStatusCode.BadRequest, "expected a list of rows" },
        { "ragged", $"{{\"input\": [{Churn.Row}, [1, 2]]}}", HttpStatusCode.BadRequest, "Row 1 has 2 features, expected 13" },
        { "mixed", $"{{\"input\": [{Churn.Row}, {{\"Age\": 1}}]}}", HttpStatusCode.BadRequest, "Row 1" },
        { "wrong type", $"{{\"input\": [{Churn.Row.Replace(", 28,", ", \"old\",", StringComparison.Ordinal)}]}}", HttpStatusCode.BadRequest, "Row 0" },
        { "too large a number", $"{{\"input\": [{Churn.Row.Replace(", 28,", ", 1e400,", StringComparison.Ordinal)}]}}", HttpStatusCode.BadRequest, "Row 0" },
        { "too large", $"{{\"input\": [{new string(' ', 33 << 20)}]}}", HttpStatusCode.RequestEntityTooLarge, "33554432 bytes" },
    };

    [Theory]
    [MemberData(nameof(BadBodies), DisableDiscoveryEnumeration = true)]
    public async Task Post_BadBody_IsRefusedAndTheServerGoesOn(string kind, string body, HttpStatusCode status, string expected)
    {
        using var refused = await server.PostAsync("/predict/", body);
        using var answered = await server.PostAsync("/predict/", $"{{\"input\": [{Churn.Row}]}}");

        Assert.True(status == refused.StatusCode, $"{kind}: {refused.StatusCode}");
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        var problem = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain(AppContext.BaseDirectory, problem, StringComparison.Ordinal);
        Assert.Equal("{\"output\":[0]}", await answered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", "/nope/", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/predict/", HttpStatusCode.MethodNotAllowed)]
    public async Task Request_NotServed_IsAProblem(string method, string path, HttpStatusCode status)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Post_OtherMediaType_Is415()
    {
        using var response = await server.PostAsync("/predict/", "x"u8.ToArray(), "text/plain");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }
}
