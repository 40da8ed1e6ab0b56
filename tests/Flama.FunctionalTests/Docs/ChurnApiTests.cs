using System.Text;
using System.Text.Json;

namespace Flama.FunctionalTests.Docs;

/// <summary>The sample of a custom API: its own program, by <c>flama run</c>.</summary>
public sealed class ChurnApiTests
{
    private const string Row = """{"input":[[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]]}""";

    [Fact]
    public async Task Sample_AnswersLossPredictionAndGreeting_AndDescribesThem()
    {
        await using var run = FlamaProcess.Start(["run", SampleTests.Built("churn-api", "Churn.Api"), "--server-port=0"]);
        var line = await run.WaitForOutputAsync("Now listening on: ");
        using HttpClient client = new() { BaseAddress = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]) };

        Assert.Equal("""{"output":[5212.2945950392195]}""", await PostAsync(client, "/churn/loss/"));
        Assert.Equal("""{"output":[0]}""", await PostAsync(client, "/churn/predict/"));
        Assert.Equal("\"Hello 🔥\"", await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/schema/", UriKind.Relative), TestContext.Current.CancellationToken));
        var paths = document.RootElement.GetProperty("paths");
        Assert.Equal(("Hello", "Say hello", null), Describe(paths.GetProperty("/").GetProperty("get")));
        Assert.Equal("Predict", Describe(paths.GetProperty("/churn/predict/").GetProperty("post")).Summary);
        Assert.Equal(
            ("Churn model", "Expected loss", "What is expected of each customer: the probability of the first class, times what the agents bring that the balance pays for, less what they cost."),
            Describe(paths.GetProperty("/churn/loss/").GetProperty("post")));
    }

    private static (string? Tag, string? Summary, string? Description) Describe(JsonElement operation) => (
        operation.GetProperty("tags")[0].GetString(),
        operation.GetProperty("summary").GetString(),
        operation.TryGetProperty("description", out var description) ? description.GetString() : null);

    private static async Task<string> PostAsync(HttpClient client, string path)
    {
        using StringContent content = new(Row, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
