using System.Text;
using System.Text.Json;
using Flama.Scoring;
using Flama.Tests;

namespace Flama.Testing.Tests;

public sealed class CaseAssertionTests
{
    private const string Loss = """
        [{"method": "loss", "input": [[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]], "output": [5212.2945950392195]}]
        """;

    [Fact]
    public async Task Cases_OfThePackage_HoldForModelAndEndpoint()
    {
        using TemporaryDirectory directory = new();
        var package = Churn.WithCases(directory, Churn.Right);
        using var model = FlamaModel.Load(package);
        await using var app = new FlamaTestApp<Program>().UseModel("churn", package);

        model.AssertCases();
        await app.AssertCasesAsync("churn", cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Cases_ThatDiffer_AreToldByCaseRowColumnAndValues()
    {
        using TemporaryDirectory directory = new();
        var package = Churn.WithCases(directory, Churn.Wrong);
        using var model = FlamaModel.Load(package);
        await using var app = new FlamaTestApp<Program>().UseModel("churn", package);

        var direct = Assert.Throws<CasesDifferException>(() => model.AssertCases(1e-6));
        var served = await Assert.ThrowsAsync<CasesDifferException>(() => app.AssertCasesAsync("churn", 1e-6, TestContext.Current.CancellationToken));

        Assert.StartsWith(
            "Pipeline differs from the stored outputs 4 times (relative tolerance 1E-06):\n  case 0, predict, row 1: expected 0, found 1\n  case 1, predict_proba, row 0, column 0 ('0'): expected 0.5, found 0.8646",
            direct.Message, StringComparison.Ordinal);
        Assert.Equal("case 1, predict_proba, row 1: expected 3 values, found 2", direct.Differences[^1]);
        Assert.StartsWith("/churn/ differs from the stored outputs 4 times", served.Message, StringComparison.Ordinal);
        Assert.Equal(direct.Differences, served.Differences);
    }

    [Fact]
    public async Task Cases_OfAnOwnMethod_AreAskedAtItsPath()
    {
        await using FlamaTestApp<Program> app = new();

        await app.Client.AssertCasesAsync("/churn/", ModelCases.Read(Encoding.UTF8.GetBytes(Loss)), cancellationToken: TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<CasesDifferException>(() => app.Client.AssertCasesAsync(
            "/churn", ModelCases.Read(Encoding.UTF8.GetBytes(Loss.Replace("5212", "5213", StringComparison.Ordinal))), 1e-6, TestContext.Current.CancellationToken));

        Assert.Equal(["case 0, loss, row 0: expected 5213.2945950392195, found 5212.2945950392195"], failure.Differences);
    }

    [Fact]
    public async Task Cases_WhoseRowsAreRefused_AreDifferencesToo()
    {
        await using FlamaTestApp<Program> app = new();
        using var document = JsonDocument.Parse("""[{"input": [[1]], "output": [0]}, {"method": "nothing", "input": [[1]], "output": [0]}]""");

        var failure = await Assert.ThrowsAsync<CasesDifferException>(
            () => app.Client.AssertCasesAsync("/churn/", ModelCases.Read(Encoding.UTF8.GetBytes(document.RootElement.GetRawText())), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(2, failure.Differences.Count);
        Assert.StartsWith("case 0, predict: /churn/predict/ answers 400: ", failure.Differences[0], StringComparison.Ordinal);
        Assert.StartsWith("case 1, nothing: /churn/nothing/ answers 404: ", failure.Differences[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cases.json", Churn.Right)]
    [InlineData("cases.csv", "id,number,name,score,country,gender,age,tenure,balance,products,card,active,salary,output\n1,1,Doe,500,Germany,Male,61,1,150000,3,0,0,20000,1\n10000,15628319,Walker,792,France,Female,28,4,130142.79,1,1,0,38190.78,0\n")]
    public async Task Cases_OfAFile_HoldForModelAndEndpoint(string name, string content)
    {
        using TemporaryDirectory directory = new();
        await File.WriteAllTextAsync(directory.PathOf(name), content, TestContext.Current.CancellationToken);
        using var model = FlamaModel.Load(Churn.Path);
        await using FlamaTestApp<Program> app = new();

        await model.AssertCasesAsync(directory.PathOf(name), cancellationToken: TestContext.Current.CancellationToken);
        await app.AssertCasesAsync("churn", directory.PathOf(name), cancellationToken: TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(directory.PathOf(name), content.Replace("20000,1\n", "20000,0\n", StringComparison.Ordinal).Replace("[0, 1]", "[1, 1]", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<CasesDifferException>(() => app.AssertCasesAsync("churn", directory.PathOf(name), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Matches(@"^case 0, predict, row 0: expected [01], found [01]$", Assert.Single(failure.Differences));
    }

    [Fact]
    public async Task Cases_ThatThereAreNot_AreAnErrorAndNoSuccess()
    {
        using var model = FlamaModel.Load(Churn.Path);
        await using FlamaTestApp<Program> app = new();

        var direct = Assert.Throws<FlamaException>(() => model.AssertCases());
        var served = await Assert.ThrowsAsync<FlamaException>(() => app.AssertCasesAsync("churn", cancellationToken: TestContext.Current.CancellationToken));
        var missing = await Assert.ThrowsAsync<FlamaException>(() => model.AssertCasesAsync("nowhere.json", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("Pipeline was stored without cases, so that there is nothing to compare.", direct.Message);
        Assert.Equal(direct.Message, served.Message);
        Assert.Equal((ErrorCodes.FileNotFound, "There is no file 'nowhere.json' with cases."), (missing.Code, missing.Message));
    }
}
