using System.Net;
using System.Text;
using System.Text.Json;
using Flama.Tests.Hosting;

namespace Flama.Tests;

public class ErrorTests
{
    private const string Members = "type,title,status,detail,errors,status_code,error";

    public static TheoryData<string, string, string, string> BadBodies => new()
    {
        { "", "malformed_json", "HTTPException", """The body is empty at line 1, byte 1. Send an object with the rows: {"input": [[…], …]}.""" },
        { """{"input":[[0,1]""", "malformed_json", "HTTPException", "The body is not JSON: it ends before the document does at line 1, byte 16. Close every string, list and object." },
        { "{\n'input':[]}", "malformed_json", "HTTPException", "The body is not JSON: unexpected a single quote at line 2, byte 1. Strings and names take double quotes." },
        { """{"input":[[0 1]]}""", "malformed_json", "HTTPException", "The body is not JSON: unexpected '1' at line 1, byte 14." },
        { "null", "invalid_input", "ValidationError", """The body is null, expected an object with the rows: {"input": [[…], …]}.""" },
        { "[[0,0]]", "invalid_input", "ValidationError", """The body is a list, expected an object with the rows: {"input": [[…], …]}.""" },
        { "{}", "invalid_input", "ValidationError", """The body has no 'input', expected an object with the rows: {"input": [[…], …]}.""" },
        { """{"input":"abc"}""", "invalid_input", "ValidationError", "The input is a string, expected a list of rows: [[…], …]." },
        { """{"input":[]}""", "invalid_input", "ValidationError", "The input is an empty list, expected at least one row." },
        { """{"input":[[]]}""", "invalid_input", "ValidationError", "Row 0 has 0 features, expected 2." },
        { """{"input":[[1]]}""", "invalid_input", "ValidationError", "Row 0 has 1 feature, expected 2." },
        { """{"input":[1,2,3]}""", "invalid_input", "ValidationError", "The input is one flat list of 3 values, expected rows of 2 features. Wrap it: [[…]] is one row, [[…], […]] are two." },
        { """{"input":[[1,null]]}""", "invalid_input", "ValidationError", "Row 0, feature 1 is null, and the model does not take missing values there." },
        { """{"input":[["1",1]]}""", "invalid_input", "ValidationError", "Row 0, feature 0 is the text '1', expected a number." },
        { """{"input":[[1e400,1]]}""", "invalid_input", "ValidationError", "Row 0, feature 0 is '1e400', which is outside float64 (up to about 1.8e308)." },
        { """{"input":[[NaN,1]]}""", "invalid_input", "ValidationError", "Row 0, feature 0 is NaN, and the model does not take missing values there." },
        { """{"input":[[Infinity,1]]}""", "invalid_input", "ValidationError", "Row 0, feature 0 is Infinity, expected a finite number." },
        { """{"input":[[[0,1],2]]}""", "invalid_input", "ValidationError", "Row 0, feature 0 is a list, which makes 3 dimensions, expected a single value (rows of values, 2 dimensions)." },
        { """{"input":[[0,1],[0]]}""", "invalid_input", "ValidationError", "Row 1 has 1 feature, expected 2." },
        { """{"input":[[0,1],{"a":1}]}""", "invalid_input", "ValidationError", "Row 1 is an object and row 0 is a list, expected all rows in the same form." },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Post_BadBody_Is400WithProblem(string body, string code, string error, string detail)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/predict/", body);

        AssertProblem(answer, 400, detail);
        Assert.Equal($"urn:flama:error:{code}", answer.Json.GetProperty("type").GetString());
        Assert.Equal(error, answer.Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Post_BadCells_AreListedWithPlace()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Customer());

        var answer = await host.PostAsync("/predict/", """{"input":[["x","Italy",1,1],["x","Spain","old",null]]}""");

        AssertProblem(answer, 400, "Row 0, feature 1 ('country') is 'Italy', expected one of 'France', 'Spain'. (and 2 more problems)");
        Assert.Equal(
            """[{"loc":["input",0,1],"msg":"Row 0, feature 1 ('country') is 'Italy', expected one of 'France', 'Spain'.","type":"unknown_category","feature":"country"},"""
            + """{"loc":["input",1,2],"msg":"Row 1, feature 2 ('age') is the text 'old', which does not read as a number.","type":"number_parsing","feature":"age"},"""
            + """{"loc":["input",1,3],"msg":"Row 1, feature 3 ('balance') is null, and the model does not take missing values there.","type":"missing_value","feature":"balance"}]""",
            answer.Json.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task Post_ManyProblems_ListsTenAndSaysTheTotal()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/predict/", $$"""{"input":[{{string.Join(",", Enumerable.Repeat("[null,1]", 37))}}]}""");

        AssertProblem(
            answer,
            400,
            "Row 0, feature 0 is null, and the model does not take missing values there. (and 36 more problems); the first 10 of 37 are listed.");
        Assert.Equal(10, answer.Json.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Post_ProblemOfTheWholeInput_HasShortLocation()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/predict/", "{}");

        Assert.Equal("""["input"]""", answer.Json.GetProperty("errors")[0].GetProperty("loc").GetRawText());
        Assert.Equal("missing", answer.Json.GetProperty("errors")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Post_DeepJson_Is400()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/predict/", new string('[', 100_000));

        AssertProblem(answer, 400, "The body is not JSON: lists and objects nest deeper than 512 levels at line 1, byte 513. Send a list of rows.");
    }

    [Fact]
    public async Task Post_InvalidUtf8_Is400()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, (byte)'"']);

        using var response = await host.Client.PostAsync("/predict/", content, TestContext.Current.CancellationToken);

        AssertProblem(await Answer.ReadAsync(response), 400, "The body is not JSON: 0xff is not valid UTF-8 at line 1, byte 3. Send the text as UTF-8.");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("application/+json")]
    [InlineData("text/json+json")]
    public async Task Post_OtherContentTypes_Are415(string contentType)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/predict/", """{"input":[[1,1]]}""", contentType);

        AssertProblem(answer, 415, $"The content type '{contentType}' is not JSON. Send application/json.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOverTheLimit_Is413(bool chunked)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.MaxRequestBodyBytes = 100);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"input":[[1,1]]{{new string(' ', 84)}}}""")),
        };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        AssertProblem(await Answer.ReadAsync(response), 413, "The body is larger than the limit of 100 bytes. Send fewer rows per request.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyAtTheLimit_IsTaken(bool chunked)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.MaxRequestBodyBytes = 100);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"input":[[1,1]]{{new string(' ', 83)}}}""")),
        };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_EndlessChunks_Are413()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.MaxRequestBodyBytes = 1_000_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict/") { Content = new ByteArrayContent(new byte[3_000_000]) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = false;

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        AssertProblem(await Answer.ReadAsync(response), 413, "The body is larger than the limit of 1000000 bytes. Send fewer rows per request.");
    }

    [Fact]
    public async Task Post_BodyOverTheServersOwnLimit_IsTakenUpToOurs()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/predict/", $$"""{"input":[[1,1]]{{new string(' ', 31_000_000)}}}""");

        Assert.Equal((200, """{"output":["yes"]}"""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("/nothing", "Nothing is served at '/nothing'. The paths are listed at '/schema/'.")]
    [InlineData("/predict/more/", "Nothing is served at '/predict/more/'. The paths are listed at '/schema/'.")]
    [InlineData("//predict/", "Nothing is served at '//predict/'. The paths are listed at '/schema/'.")]
    public async Task Get_UnknownPath_Is404(string path, string detail)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address.GetLeftPart(UriPartial.Authority) + path));

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        AssertProblem(await Answer.ReadAsync(response), 404, detail);
    }

    [Theory]
    [InlineData("GET", "/predict/", "POST, OPTIONS")]
    [InlineData("PUT", "/predict", "POST, OPTIONS")]
    [InlineData("POST", "/", "GET, HEAD, OPTIONS")]
    [InlineData("DELETE", "/schema/", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/docs", "GET, HEAD, OPTIONS")]
    [InlineData("PUT", "/stream/", "GET, HEAD, POST, OPTIONS")]
    public async Task Send_OtherMethod_Is405WithAllow(string method, string path, string allow)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.SendAsync(new HttpMethod(method), path);

        AssertProblem(answer, 405, $"{method} is not possible at '{path}'. It answers {allow}.");
        Assert.Equal(allow, string.Join(", ", answer.ContentHeaders.Allow));
    }

    [Theory]
    [InlineData("/predict/", "POST, OPTIONS")]
    [InlineData("/", "GET, HEAD, OPTIONS")]
    [InlineData("/schema", "GET, HEAD, OPTIONS")]
    [InlineData("/docs/", "GET, HEAD, OPTIONS")]
    [InlineData("/stream/", "GET, HEAD, POST, OPTIONS")]
    public async Task Options_OfEveryPath_Is204WithAllow(string path, string allow)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.SendAsync(HttpMethod.Options, path);
        var unknown = await host.SendAsync(HttpMethod.Options, "/nothing/");

        Assert.Equal((204, string.Empty, allow), (answer.Status, answer.Body, string.Join(", ", answer.ContentHeaders.Allow)));
        Assert.Equal(404, unknown.Status);
    }

    [Theory]
    [InlineData("PUT", "/predict/", 405, "method_not_allowed")]
    [InlineData("GET", "/nothing/", 404, "not_found")]
    [InlineData("GET", "/stream/", 426, "upgrade_required")]
    public async Task Send_StatusOfHttp_HasItsNameAsTheCode(string method, string path, int status, string code)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.SendAsync(new HttpMethod(method), path);

        Assert.Equal((status, $"urn:flama:error:{code}"), (answer.Status, answer.Json.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("ffffffffffffffff")]
    [InlineData("80000000")]
    [InlineData("zz")]
    public async Task Post_ChunkSizeOutOfRange_Is400WithoutATrace(string size)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var predict = await RawClient.SendAsync(host.Address, $"POST /predict/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\nabc\r\n");
        var stream = await RawClient.SendAsync(host.Address, $"POST /stream/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\nabc\r\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", predict, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", stream, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.All, line => line.Id is 2001 or 2002);
    }

    [Fact]
    public async Task Head_OnStream_AnswersLikeGet()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.SendAsync(HttpMethod.Head, "/stream/");

        Assert.Equal((426, string.Empty), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Post_NumberBeyondFloat64_IsRefusedWhereverItStands()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Customer());

        var unused = await host.PostAsync("/predict/", """{"input":[[1e400,"Spain",20,1]]}""");
        var line = await host.PostAsync("/stream/", """[[-1e400,"Spain",20,1]]""");

        AssertProblem(unused, 400, "Row 0, feature 0 ('id') is '1e400', which is outside float64 (up to about 1.8e308).");
        Assert.Contains("number_range", line.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_OnPredict_Is405WithoutBody()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.SendAsync(HttpMethod.Head, "/predict/");

        Assert.Equal((405, string.Empty), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json;q=0.9", "application/json")]
    [InlineData("application/json, */*", "application/problem+json")]
    [InlineData("application/problem+json, application/json", "application/problem+json")]
    [InlineData("text/html", "application/problem+json")]
    public async Task Send_Accept_DecidesTheContentTypeOfAnError(string accept, string contentType)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.SendAsync(HttpMethod.Put, "/predict/", ("Accept", accept));

        Assert.Equal((405, contentType), (answer.Status, answer.ContentType));
        Assert.Equal(Members, string.Join(",", answer.Json.EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task Post_Emoji_IsRawInTheMessage()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var answer = await host.PostAsync("/predict/", """{"input":[["🔥",1]]}""");

        Assert.Contains("is the text '🔥'", answer.Body, StringComparison.Ordinal);
    }

    internal static void AssertProblem(Answer answer, int status, string detail)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
        var problem = answer.Json;
        Assert.Equal(Members, string.Join(",", problem.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(status, problem.GetProperty("status_code").GetInt32());
        Assert.Equal(JsonValueKind.Array, problem.GetProperty("errors").ValueKind);
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
    }
}
