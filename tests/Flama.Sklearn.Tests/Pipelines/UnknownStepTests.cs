using Flama.Pickle;

namespace Flama.Sklearn.Tests.Pipelines;

public sealed class UnknownStepTests
{
    [Theory]
    [InlineData("sklearn.new_module", "NewTransformer")]
    [InlineData("feature_engine.new_module", "NewTransformer")]
    public void Build_PipelineWithAStepThatIsNotKnown_IsRefusedAndNeverDropped(string module, string name)
    {
        var pipeline = Pickled.Estimator("sklearn.pipeline", "Pipeline", ("steps", new List<object?>
        {
            new PickleTuple(["new", Pickled.Estimator(module, name)]),
            new PickleTuple(["model", Pickled.LinearRegression()]),
        }));

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(pipeline));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, error.Code);
        Assert.Contains($"{module}.{name} at model.steps[0]", error.Message, StringComparison.Ordinal);
        Assert.Contains("never left out", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch.nn.modules.module", "Module", "PyTorch", "torch.export")]
    [InlineData("prophet.forecaster", "Prophet", "Prophet", "Serve it with Python")]
    [InlineData("cloudpickle.cloudpickle", "_make_function", "Python code", "without dill or cloudpickle")]
    [InlineData("myproject.features", "user_function", "'myproject'", "Replace the step")]
    public void Explain_ClassOfAnotherLibrary_NamesItAndTheWayOut(string module, string name, string whose, string remedy)
    {
        var explained = ForeignCode.Explain(new GlobalName(module, name));

        Assert.Contains(whose, explained!.Value.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, explained.Value.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("numpy", "load")]
    public void Explain_ClassOfPythonItself_HasNothingToAdd(string module, string name) => Assert.Null(ForeignCode.Explain(new GlobalName(module, name)));
}
