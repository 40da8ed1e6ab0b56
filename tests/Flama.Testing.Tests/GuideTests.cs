extern alias web;
using System.Net.Http.Json;
using Flama.Hosting;
using Flama.Packaging;
using Flama.Scoring;
using Flama.Tests;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flama.Testing.Tests;

#pragma warning disable xUnit1051 // The guide is for any test framework; nothing here waits for anything outside of this process.
/// <summary>The code of the guide to testing, run.</summary>
public sealed class GuideTests
{
    [Fact]
    public async Task Endpoint_AnswersAsTheModelWasTrained()
    {
        await using FlamaTestApp<Program> app = new();
        await app.AssertCasesAsync("churn", CasesFile);
    }

    [Fact]
    public async Task Model_AnswersAsItWasTrained()
    {
        using TemporaryDirectory directory = new();
        var path = Churn.WithCases(directory, Churn.Right);

        using var model = FlamaModel.Load(path);
        model.AssertCases();                                    // cases.json of the package
        await model.AssertCasesAsync(CasesFile, 1e-6);          // a file, with a tolerance of its own
        model.AssertCases(ModelCases.Read("""[{"input": [[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]], "output": [0]}]"""u8));
    }

    [Fact]
    public async Task OwnMethod_GivesTheNumberOfTheBusiness()
    {
        await using FlamaTestApp<Program> app = new();
        await app.Client.AssertCasesAsync("/churn/", ModelCases.Read("""
            [{
              "method": "loss",
              "input": [[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]],
              "output": [5212.2945950392195]
            }]
            """u8));
    }

    [Fact]
    public async Task Helpers_AskAndRead()
    {
        await using FlamaTestApp<Program> app = new();
        object?[][] rows = [[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]];

        var labels = await app.PredictAsync<int>("churn", rows);
        var probabilities = await app.PredictAsync<double[]>("churn", rows, "predict_proba");
        var metadata = await app.InspectAsync("churn");

        using var answer = await app.Client.PostAsJsonAsync("/churn/predict/", new { input = new[] { new object[] { 1, 2 } } });
        FlamaProblem problem = await answer.ReadProblemAsync();     // problem.Code is "invalid_input", problem.Errors[0].Row is 0

        Assert.Equal(0, labels[0]);
        Assert.Equal(2, probabilities[0].Length);
        Assert.Equal("Pipeline", metadata.GetProperty("meta").GetProperty("model").GetProperty("obj").GetString());
        Assert.Equal(("invalid_input", 0), (problem.Code, problem.Errors[0].Row));
    }

    [Fact]
    public async Task Decision_ComesOverHttp()
    {
        await using FlamaTestApp<web::Program> app = new();
        using var answer = await app.Client.PostAsJsonAsync("/decide", new { Country = "Germany", Age = 61, Products = 3, Balance = 150000 });
        Decision? decision = await answer.Content.ReadFromJsonAsync<Decision>();

        Assert.Equal("call", decision!.Action);
    }

    [Fact]
    public async Task Fake_AnswersWhatTheTestNeeds()
    {
        var modelFile = Churn.Path;
        var fake = new FakeModel(13).Classifies(["stays", "leaves"], row => row.Cells[4] is "Germany" ? [0.25, 0.75] : [1, 0]);
        await using var app = new FlamaTestApp<Program>()
            .UseModel("churn", () => new LoadedModel(fake, ModelPackage.Open(modelFile)))     // with the artifacts of a package
            .UseSetting("Flama:Http:MaxRows", "10")
            .UseServices(services => services.Replace(new(typeof(TimeProvider), TimeProvider.System)));
        object?[][] rows = [[10000, 15628319, "Walker", 792, "Germany", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]];

        Assert.Equal(["leaves"], await app.PredictAsync<string>("churn", rows));
        Assert.Equal("Walker", fake.Rows[0].Cells[2]);
    }

    private sealed record Decision(string Action, double Risk);

    private static string CasesFile => Fixtures.PathOf("testing", "churn-cases.csv");
}
