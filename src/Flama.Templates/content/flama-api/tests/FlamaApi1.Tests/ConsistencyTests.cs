using System.Net;
using System.Net.Http.Json;
using Flama;
using Flama.Testing;
using Microsoft.Data.Sqlite;

namespace FlamaApi1.Tests;

public sealed class ConsistencyTests : IAsyncDisposable
{
    // In memory, and there as long as this connection is open: one that each connection has for itself would lose its tables between requests.
    private readonly SqliteConnection database = new($"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared");
    private readonly FlamaTestApp<Program> app;

    public ConsistencyTests()
    {
        database.Open();
        app = NewApp();
    }

    /// <summary>The API answers as the model was trained. Write cases.json where you train: rows, and what the methods answer.</summary>
    [Fact]
    public Task Model_AnswersAsItWasTrained() =>
        app.AssertCasesAsync("churn", Path.Combine(AppContext.BaseDirectory, "cases.json"), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>What the application does with an answer is tested with a fake, whatever the model answers.</summary>
    [Fact]
    public async Task Decision_OfACustomerWhoLeaves_IsACall()
    {
        using var real = FlamaModel.Load(Path.Combine(AppContext.BaseDirectory, "churn.flm"));
        var fake = FakeModel.Like(real.Model).Classifies([0L, 1L], _ => [0.25, 0.75]);
        await using var faked = NewApp().UseModel("churn", () => new(fake, Flama.Packaging.ModelPackage.Open(Path.Combine(AppContext.BaseDirectory, "churn.flm"))));

        using var answer = await faked.Client.PostAsJsonAsync("/decide", new { age = 61, country = "Germany" }, TestContext.Current.CancellationToken);

        Assert.Equal("""{"action":"call","risk":0.75}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The table is there from one request to the next.</summary>
    [Fact]
    public async Task Order_ThatIsMade_IsFound()
    {
        using var made = await app.Client.PostAsJsonAsync("/orders/", new { product = "tea", quantity = 2 }, TestContext.Current.CancellationToken);

        var found = await app.Client.GetStringAsync("/orders/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Contains("\"tea\"", found, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    private FlamaTestApp<Program> NewApp() => new FlamaTestApp<Program>().UseSetting("ConnectionStrings:Api", database.ConnectionString);
}
