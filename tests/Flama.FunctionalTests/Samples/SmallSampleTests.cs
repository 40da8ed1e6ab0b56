using Flama.Tests;

namespace Flama.FunctionalTests.Samples;

/// <summary>The small samples, each by its one command.</summary>
public sealed class SmallSampleTests
{
    [Fact]
    public async Task Hello_Predicts()
    {
        await using var hello = await SampleProgram.StartAsync("hello");

        Assert.Equal("""{"output":[0]}""", await hello.PostAsync("/churn/predict/"));
        Assert.Contains("/churn/predict_proba/", await hello.GetAsync("/schema/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddModel_BothModels_Answer()
    {
        await using var program = await SampleProgram.StartAsync("add-model");

        Assert.Equal("""["churn","xor"]""", await program.GetAsync("/"));
        Assert.Equal("""{"output":[0]}""", await program.PostAsync("/models/churn/predict/"));
        Assert.Equal("""{"output":[1,0]}""", await program.PostAsync("/models/xor/predict/", """{"input": [[0, 1], [1, 1]]}"""));
    }

    [Fact]
    public async Task SingleFile_RunsAsItIs()
    {
        await using var program = await SampleProgram.StartFileAsync("app.cs", Fixtures.RepositoryPathOf("samples", "single-file"));

        Assert.Equal("""{"output":[0]}""", await program.PostAsync("/churn/predict/"));
    }
}
