using System.Net.Http.Json;
using Flama;
using Flama.Testing;

namespace FlamaApi1.Tests;

public sealed class ConsistencyTests : IAsyncDisposable
{
    private readonly FlamaTestApp<Program> app = new FlamaTestApp<Program>().UseSetting("ConnectionStrings:Api", "Data Source=:memory:");

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
        await using var faked = new FlamaTestApp<Program>()
            .UseSetting("ConnectionStrings:Api", "Data Source=:memory:")
            .UseModel("churn", () => new(fake, Flama.Packaging.ModelPackage.Open(Path.Combine(AppContext.BaseDirectory, "churn.flm"))));

        using var answer = await faked.Client.PostAsJsonAsync("/decide", new { age = 61, country = "Germany" }, TestContext.Current.CancellationToken);

        Assert.Equal("""{"action":"call","risk":0.75}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
