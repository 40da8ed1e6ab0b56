using Flama.Pickle;

namespace Flama.Sklearn.Tests.Pipelines;

public sealed class SamplerTests
{
    [Theory]
    [InlineData("imblearn.over_sampling._smote.base", "SMOTE")]
    [InlineData("imblearn.under_sampling._prototype_selection._random_under_sampler", "RandomUnderSampler")]
    [InlineData("imblearn.combine._smote_enn", "SMOTEENN")]
    [InlineData("imblearn.base", "FunctionSampler")]
    public void Run_PipelineWithASampler_PredictsWithoutIt(string module, string name)
    {
        var pipeline = Pickled.Build(Pipeline(("sampler", Pickled.Estimator(module, name)), ("model", Pickled.LinearRegression())));
        using var rows = Rows.Of([1, 10]);

        Assert.Equal([33], pipeline.Run(Method.Predict, rows));
    }

    [Fact]
    public void Methods_PipelineThatEndsWithASampler_HasNoPrediction()
    {
        var sampler = Pickled.Estimator("imblearn.over_sampling._smote.base", "SMOTE");

        var pipeline = Pickled.Build(Pipeline(("model", Pickled.LinearRegression()), ("sampler", sampler)));

        Assert.DoesNotContain(Method.Predict, pipeline.Methods);
    }

    private static PickleObject Pipeline(params (string Name, PickleObject Step)[] steps) => Pickled.Estimator(
        "imblearn.pipeline", "Pipeline", ("steps", new List<object?>(steps.Select(step => new PickleTuple([step.Name, step.Step])))));
}
