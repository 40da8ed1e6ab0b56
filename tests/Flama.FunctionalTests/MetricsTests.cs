using System.Net;
using System.Security.Cryptography;
using Flama.Tests;

namespace Flama.FunctionalTests;

public sealed class MetricsTests
{
    private static readonly string Body = $"{{\"input\": {Xor.Rows}}}";

    [Fact]
    public async Task Metrics_AfterRequests_CountThemPerModelAndMethod()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--model-name", "xor", "--app-metrics", "/metrics"]);
        (await server.PostAsync("/predict/", Body)).Dispose();
        (await server.PostAsync("/predict/", Body)).Dispose();
        (await server.PostAsync("/predict/", "{\"input\": 1}")).Dispose();

        var text = await MetricsAsync(server, "text/plain");

        Assert.Equal(2, Value(text, "flama_request_duration_seconds_count", "flama_model=\"xor\"", "flama_method=\"predict\"", "http_response_status_code=\"200\""));
        Assert.Equal(1, Value(text, "flama_request_duration_seconds_count", "http_response_status_code=\"400\""));
        Assert.Equal(1, Value(text, "flama_request_errors_total", "error_type=\"invalid_input\""));
        Assert.Equal(8, Value(text, "flama_predict_rows_total", "flama_model=\"xor\"", "flama_method=\"predict\""));
        Assert.Equal(0, Value(text, "flama_request_active", "flama_model=\"xor\""));
        Assert.Equal(1, Value(text, "flama_model_loads_total", "flama_model=\"xor\"", "flama_succeeded=\"true\""));
        Assert.Contains("dotnet_", text, StringComparison.Ordinal);
        Assert.Contains("kestrel_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AskedForOpenMetrics_EndAsThatForm()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--app-metrics", "/metrics"]);
        (await server.PostAsync("/predict/", Body)).Dispose();

        var text = await MetricsAsync(server, "application/openmetrics-text; version=1.0.0");

        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WithNamesOfTriton_PassPromtool()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--model-name", "xor", "--app-metrics", "/metrics", "--metrics-compat", "triton"]);
        (await server.PostAsync("/predict/", Body)).Dispose();
        (await server.PostAsync("/predict/", "{\"input\": 1}")).Dispose();

        var text = await MetricsAsync(server, "text/plain");
        var open = await MetricsAsync(server, "application/openmetrics-text; version=1.0.0");

        Assert.Equal(1, Value(text, "nv_inference_request_success", "model=\"xor\""));
        Assert.Equal(1, Value(text, "nv_inference_request_failure", "model=\"xor\"", "reason=\"OTHER\""));
        Assert.Equal(4, Value(text, "nv_inference_count"));
        Assert.Equal(1, Value(text, "nv_inference_exec_count"));
        Assert.Equal(0, Value(text, "nv_inference_queue_duration_us"));
        Assert.True(Value(text, "nv_inference_request_duration_us") >= Value(text, "nv_inference_compute_infer_duration_us"));
        Assert.Contains("# TYPE nv_inference_count unknown\n", open, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", open, StringComparison.Ordinal);
        Assert.Equal(open.LastIndexOf("# EOF", StringComparison.Ordinal), open.IndexOf("# EOF", StringComparison.Ordinal));
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v promtool"])).ExitCode == 0, "promtool is not installed (Debian: apt-get install prometheus).");
        using TemporaryDirectory directory = new();
        await File.WriteAllTextAsync(directory.PathOf("metrics"), text, TestContext.Current.CancellationToken);
        var check = await FlamaProcess.RunOtherAsync("sh", ["-c", $"promtool check metrics < '{directory.PathOf("metrics")}'"]);

        // Names of Triton and of the runtime are not as promtool has them; 3 is advice, 1 is a text that cannot be read.
        Assert.Equal(3, check.ExitCode);
        Assert.All(
            $"{check.Output}{check.Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.True(line.StartsWith("nv_inference_", StringComparison.Ordinal) || line.StartsWith("dotnet_", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task Metrics_WithKeys_WantInspect()
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys.json");
        var key = (await FlamaProcess.RunAsync(["key", "add", "prometheus", "--scope", "inspect", "--server-keys", file])).Output.Trim();
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--app-metrics", "/metrics", "--server-keys", file]);

        using var without = await server.Client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var with = await server.Client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
    }

    [Fact]
    public async Task Answers_NameTheirModel_ErrorsToo()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0"]);
        await using var silent = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--server-no-model-headers"]);

        using var good = await server.PostAsync("/predict/", Body);
        using var bad = await server.PostAsync("/predict/", "{");
        using var none = await silent.PostAsync("/predict/", Body);

        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Xor.Path, TestContext.Current.CancellationToken)));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.All([good, bad], answer => Assert.Equal(digest, Assert.Single(answer.Headers.GetValues("X-Model-Digest"))));
        Assert.All([good, bad], answer => Assert.NotEmpty(Assert.Single(answer.Headers.GetValues("X-Model-Id"))));
        Assert.All([good, bad], answer => Assert.NotEmpty(Assert.Single(answer.Headers.GetValues("X-Model-Version"))));
        Assert.False(none.Headers.Contains("X-Model-Id"));
    }

    [Theory]
    [InlineData("order-17", "order-17")]
    [InlineData("a b\"c", null)]
    [InlineData(null, null)]
    public async Task RequestId_IsTakenOrMade_ForAnswersAndErrors(string? sent, string? expected)
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--server-request-id"]);
        foreach (var path in new[] { "/", "/nowhere" })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("X-Request-ID", sent);

            using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

            var id = Assert.Single(answer.Headers.GetValues("X-Request-ID"));
            Assert.Matches(expected ?? "^[0-9a-f]{32}$", id);
            Assert.Matches(@"^\d+\.\d{6}$", Assert.Single(answer.Headers.GetValues("X-Process-Time")));
        }
    }

    private static async Task<string> MetricsAsync(FlamaServer server, string accept)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/metrics", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static double Value(string text, string name, params string[] labels)
    {
        var line = text.Split('\n').Single(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)));
        return double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
