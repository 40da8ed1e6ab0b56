using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>The sample programs run and answer.</summary>
public sealed class SampleTests
{
    private const string Listening = "Now listening on: ";

    [Fact]
    public async Task Web_OwnEndpointAndModel_Answer()
    {
        await using var program = FlamaProcess.StartOther(
            [FlamaProcess.Host, Built("web", "Churn.Web")], new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" });
        var line = await program.WaitForOutputAsync(Listening);
        using HttpClient client = new() { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]) };
        using StringContent customer = new(
            """{"creditScore": 500, "country": "Germany", "gender": "Male", "age": 61, "tenure": 1, "balance": 150000, "products": 3, "hasCard": 0, "isActive": 0, "salary": 20000}""",
            Encoding.UTF8,
            "application/json");
        using StringContent rows = new(
            """{"input": [[1, 1, "Doe", 500, "Germany", "Male", 61, 1, 150000, 3, 0, 0, 20000]]}""", Encoding.UTF8, "application/json");

        using var decision = await client.PostAsync("/decide", customer, TestContext.Current.CancellationToken);
        using var prediction = await client.PostAsync("/churn/predict/", rows, TestContext.Current.CancellationToken);
        using var probabilities = await client.PostAsync("/churn/predict_proba/", rows, TestContext.Current.CancellationToken);
        using var health = await client.GetAsync("/health", TestContext.Current.CancellationToken);

        using var risk = JsonDocument.Parse(await probabilities.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var expected = Math.Round(risk.RootElement.GetProperty("output")[0][1].GetDouble(), 3).ToString(CultureInfo.InvariantCulture);
        Assert.Equal($$"""{"action":"call","risk":{{expected}}}""", await decision.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("""{"output":[1]}""", await prediction.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (health.StatusCode, await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Web_OptionsOfVariables_AreInEffect()
    {
        await using var program = FlamaProcess.StartOther(
            [FlamaProcess.Host, Built("web", "Churn.Web")],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Flama__Models__churn__Url"] = "/models/churn/",
                ["Flama__Models__second__Path"] = Fixtures.RepositoryPathOf("samples", "churn", "churn.flm"),
                ["Flama__Http__MaxRows"] = "1",
                ["Flama__Http__DocsPath"] = "/manual/",
            });
        var line = await program.WaitForOutputAsync(Listening);
        using HttpClient client = new() { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]) };

        using var rows = await PostAsync(client, "/models/churn/predict/", 2);
        using var row = await PostAsync(client, "/second/predict/", 1);
        using var page = await client.GetAsync("/manual/", TestContext.Current.CancellationToken);

        Assert.Equal([413, 200, 200], new[] { rows, row, page }.Select(answer => (int)answer.StatusCode));
    }

    [Fact]
    public async Task Web_UnknownVariable_StopsTheStart()
    {
        await using var program = FlamaProcess.StartOther(
            [FlamaProcess.Host, Built("web", "Churn.Web")], new Dictionary<string, string>(StringComparer.Ordinal) { ["Flama__Http__MaxRow"] = "1" });

        var result = await program.WaitForExitAsync();

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("The configuration has the key Flama:Http:MaxRow, which is not known.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_Queue_IsLabelledToItsEnd()
    {
        await using var program = FlamaProcess.StartOther([FlamaProcess.Host, Built("worker", "Churn.Worker")], null);
        await program.Input.WriteAsync(await File.ReadAllTextAsync(Fixtures.RepositoryPathOf("samples", "worker", "customers.ndjson"), TestContext.Current.CancellationToken));
        program.Input.Close();

        var result = await program.WaitForExitAsync();

        Assert.Equal((0, "0\n1\n0\n"), (result.ExitCode, result.Output));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, int count)
    {
        const string row = """[1, 1, "Doe", 500, "Germany", "Male", 61, 1, 150000, 3, 0, 0, 20000]""";
        using StringContent rows = new($"{{\"input\": [{string.Join(", ", Enumerable.Repeat(row, count))}]}}", Encoding.UTF8, "application/json");
        return await client.PostAsync(path, rows, TestContext.Current.CancellationToken);
    }

    // Built with the tests, in the same configuration.
    internal static string Built(string sample, string assembly)
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Fixtures.RepositoryPathOf("samples", sample, "bin", framework.Parent!.Name, framework.Name, $"{assembly}.dll");
    }
}
