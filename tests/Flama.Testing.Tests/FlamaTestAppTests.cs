extern alias web;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Flama.Hosting;
using Flama.Packaging;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Testing.Tests;

public sealed class FlamaTestAppTests
{
    private static readonly object?[][] Rows =
    [
        [10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78],
        [1, 1, "Doe", 500, "Germany", "Male", 61, 1, 150000, 3, 0, 0, 20000],
    ];

    [Fact]
    public async Task App_WithItsOwnModel_PredictsAndTellsOfIt()
    {
        await using FlamaTestApp<Program> app = new();

        var labels = await app.PredictAsync<int>("churn", Rows, cancellationToken: TestContext.Current.CancellationToken);
        var probabilities = await app.PredictAsync<double[]>("churn", Rows, "predict_proba", TestContext.Current.CancellationToken);
        var metadata = await app.InspectAsync("churn", TestContext.Current.CancellationToken);

        Assert.Equal([0, 1], labels);
        Assert.All(probabilities, row => Assert.Equal(1, row.Sum(), 12));
        Assert.Equal("Pipeline", metadata.GetProperty("meta").GetProperty("model").GetProperty("obj").GetString());
        Assert.Equal(("/churn/predict/", "/churn/"), (app.PathOf("churn"), app.PathOf("churn", null)));
    }

    [Fact]
    public async Task App_Records_AreAskedByTheirFeatures()
    {
        await using FlamaTestApp<web::Program> app = new();
        Customer[] customers = [new(500, "Germany", "Male", 61, 1, 150000, 3, 0, 0, 20000)];

        var labels = await app.PredictAsync<int>("churn", ModelRows.OfRecords(customers), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1], labels);
    }

    [Fact]
    public async Task UseModel_Fake_AnswersInTheModelsPlace_AndRecordsRows()
    {
        using var real = FlamaModel.Load(Churn.Path);
        var fake = FakeModel.Like(real.Model).Classifies([0L, 1L], row => row.Cells[4] is "Germany" ? [0.25, 0.75] : [1, 0]);
        await using var app = new FlamaTestApp<web::Program>().UseModel("churn", fake);

        using var decision = await app.Client.PostAsJsonAsync("/decide", new { creditScore = 500, country = "Germany" }, TestContext.Current.CancellationToken);
        var labels = await app.PredictAsync<int>("churn", Rows, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("""{"action":"call","risk":0.75}""", await decision.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal([0, 1], labels);
        Assert.Contains(fake.Rows, row => row.Cells[3] is 500.0 && row.Cells[6] is null);
    }

    [Fact]
    public async Task UseModel_FakeThatFails_IsAnsweredAsAFailureOfTheModel()
    {
        var fake = new FakeModel().Predicts(_ => 1).Fails(new FlamaException(ErrorCodes.InvalidInput, "No such customer.", "Ask for another."));
        await using var app = new FlamaTestApp<Program>().UseModel("churn", () => new LoadedModel(fake, ModelPackage.Open(Churn.Path), ownsModel: false));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => app.PredictAsync<double>("churn", Rows, cancellationToken: TestContext.Current.CancellationToken));
        fake.Fails(null);
        var answers = await app.PredictAsync<double>("churn", Rows, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, "/churn/predict/ answers 400: No such customer. Ask for another."), (failure.StatusCode, failure.Message));
        Assert.Equal([1.0, 1.0], answers);
    }

    [Fact]
    public async Task UseModel_Resource_WhoseModelLacksAnArtifact_DoesNotStart()
    {
        await using var app = new FlamaTestApp<Program>().UseModel("churn", new FakeModel().Predicts(_ => 1));

        var failure = Assert.Throws<FlamaException>(() => app.Client);

        Assert.Contains("'ChurnModel' needs the artifact 'artifact.json'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseModel_OfANameThatThereIsNot_DoesNotStart()
    {
        await using var app = new FlamaTestApp<Program>().UseModel("chrun", Churn.Path);

        var failure = Assert.Throws<InvalidOperationException>(() => app.Client);

        Assert.Equal("The application has no model 'chrun' to put another in the place of. It has: churn.", failure.Message);
    }

    [Fact]
    public async Task UseModel_AfterTheStart_IsRefused()
    {
        await using FlamaTestApp<Program> app = new();
        using var hello = await app.Client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => app.UseModel("churn", Churn.Path));
    }

    [Fact]
    public async Task UseSetting_OfTheConfiguration_IsInEffect_AndTheProblemIsRead()
    {
        await using var app = new FlamaTestApp<web::Program>().UseSetting("Flama:Http:MaxRows", "1").UseSetting("Flama:Models:churn:Url", "/models/churn/");
        using StringContent rows = new($$"""{"input": {{Churn.Rows}}}""", Encoding.UTF8, "application/json");
        using StringContent wrong = new("""{"input": [[1]]}""", Encoding.UTF8, "application/json");

        using var tooMany = await app.Client.PostAsync(app.PathOf("churn"), rows, TestContext.Current.CancellationToken);
        using var tooShort = await app.Client.PostAsync(app.PathOf("churn"), wrong, TestContext.Current.CancellationToken);
        var (size, shape) = (await tooMany.ReadProblemAsync(TestContext.Current.CancellationToken), await tooShort.ReadProblemAsync(TestContext.Current.CancellationToken));

        Assert.Equal((413, "input_too_large"), (size.Status, size.Code));
        Assert.Equal((400, "invalid_input", 0), (shape.Status, shape.Code, shape.Errors[0].Row));
        Assert.Equal("/models/churn/predict/", app.PathOf("churn"));
    }

    [Fact]
    public async Task UseServices_ReplacesThoseOfTheApplication()
    {
        await using var app = new FlamaTestApp<Program>().UseServices(services => services.AddSingleton(new Note("replaced")));

        Assert.Equal("replaced", app.Services.GetRequiredService<Note>().Text);
    }

    [Fact]
    public async Task ModelOf_CanBeReplacedWhileTheApplicationRuns()
    {
        await using FlamaTestApp<web::Program> app = new();
        var before = await app.PredictAsync<int>("churn", Rows, cancellationToken: TestContext.Current.CancellationToken);

        app.ModelOf("churn").Replace(new LoadedModel(new FakeModel(13).Classifies([0L, 1L], _ => [0, 1])));
        var after = await app.PredictAsync<int>("churn", Rows, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([0, 1], before);
        Assert.Equal([1, 1], after);
    }

    [Fact]
    public async Task ReadProblem_OfWhatIsNone_SaysWhatItIs()
    {
        await using FlamaTestApp<Program> app = new();
        using var hello = await app.Client.GetAsync("/", TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => hello.ReadProblemAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("The answer is not a problem: 200 application/json, \"Hello", failure.Message, StringComparison.Ordinal);
    }

    private sealed record Note(string Text);

    private sealed record Customer(
        [property: Feature(3)] double? CreditScore,
        [property: Feature(4)] string? Country,
        [property: Feature(5)] string? Gender,
        [property: Feature(6)] double? Age,
        [property: Feature(7)] double? Tenure,
        [property: Feature(8)] double? Balance,
        [property: Feature(9)] double? Products,
        [property: Feature(10)] double? HasCard,
        [property: Feature(11)] double? IsActive,
        [property: Feature(12)] double? Salary);
}
