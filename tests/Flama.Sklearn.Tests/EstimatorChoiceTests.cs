using Flama.Pickle;

namespace Flama.Sklearn.Tests;

public sealed class EstimatorChoiceTests
{
    [Fact]
    public void Make_DictWithOneModel_TakesIt()
    {
        var file = Dict(("features", new List<object?> { "a", "b" }), ("model", Pickled.LinearRegression()), ("version", 3L));

        var choice = EstimatorChoice.Make("file", file);

        Assert.Equal("LinearRegression", choice.Estimator.Name);
        Assert.Empty(choice.Loader.Warnings);
    }

    [Fact]
    public void Make_ModelNextToAScaler_TakesTheModelAndWarns()
    {
        var file = new PickleTuple([Scaler(), Dict(("clf", Pickled.LinearRegression()))]);

        var choice = EstimatorChoice.Make("file", file);

        Assert.Equal("LinearRegression", choice.Estimator.Name);
        Assert.Equal(
            ["The file holds more than the model, which is LinearRegression at [1]['clf']: StandardScaler at [0]. "
                + "These are not applied: rows must come prepared as the model was trained. A Pipeline would keep them together."],
            choice.Loader.Warnings);
    }

    [Fact]
    public void Make_PipelineNextToItsOwnStep_TakesThePipeline()
    {
        var step = Pickled.LinearRegression();
        var pipeline = Pickled.Estimator("sklearn.pipeline", "Pipeline", ("steps", new List<object?> { new PickleTuple(["m", step]) }));

        var choice = EstimatorChoice.Make("file", new List<object?> { step, pipeline });

        Assert.Equal("Pipeline", choice.Estimator.Name);
    }

    [Fact]
    public void Make_TwoModels_ListsThem()
    {
        var file = Dict(("low", Pickled.LinearRegression()), ("high", Pickled.LinearRegression()));

        var error = Assert.Throws<FlamaException>(() => EstimatorChoice.Make("file.pkl", file));

        Assert.Equal(ErrorCodes.NotAModel, error.Code);
        Assert.Equal(
            "'file.pkl' holds 2 estimators, and which one to serve is not clear: LinearRegression at ['low'], LinearRegression at ['high'].",
            error.Message);
    }

    [Fact]
    public void Make_TupleOfModelAndScaler_ListsThemAndAsks()
    {
        var error = Assert.Throws<FlamaException>(() => EstimatorChoice.Make("file.pkl", new PickleTuple([Pickled.LinearRegression(), Scaler()])));

        Assert.Equal(
            "'file.pkl' holds 2 estimators, and which one to serve is not clear: LinearRegression at [0], StandardScaler at [1].", error.Message);
        Assert.Contains("--model-key KEY", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("high")]
    [InlineData("['high']")]
    public void Make_TwoModelsAndAKey_TakesThatOne(string key)
    {
        var file = Dict(("low", Scaler()), ("high", Pickled.LinearRegression()));

        var choice = EstimatorChoice.Make("file.pkl", file, key);

        Assert.Equal("LinearRegression", choice.Estimator.Name);
        Assert.Empty(choice.Loader.Warnings);
    }

    [Fact]
    public void Make_KeyThatIsNotThere_ListsTheKeys()
    {
        var file = Dict(("low", Pickled.LinearRegression()), ("high", Scaler()));

        var error = Assert.Throws<FlamaException>(() => EstimatorChoice.Make("file.pkl", file, "middle"));

        Assert.Equal("'file.pkl' holds no estimator of the key 'middle'. There are: LinearRegression at ['low'], StandardScaler at ['high'].", error.Message);
    }

    [Fact]
    public void Make_UnknownEstimatorInADict_SaysWhatItIs()
    {
        var file = Dict(("model", Pickled.Estimator("sklearn.new_module", "NewEstimator")), ("scaler", Scaler()));

        var error = Assert.Throws<FlamaException>(() => EstimatorChoice.Make("file", file));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, error.Code);
        Assert.Contains("sklearn.new_module.NewEstimator at model['model']", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_NoModel_SaysWhatTheFileHolds()
    {
        var error = Assert.Throws<FlamaException>(() => EstimatorChoice.Make("file", Dict(("a", 1L))));

        Assert.Equal(ErrorCodes.NotAModel, error.Code);
        Assert.Equal("'file' holds a dict, which is data, not a model.", error.Message);
    }

    [Fact]
    public void Make_ListThatSharesItselfAgainAndAgain_EndsSoon()
    {
        object? shared = new List<object?> { Pickled.LinearRegression() };
        for (var i = 0; i < 7; i++)
        {
            shared = new List<object?>(Enumerable.Repeat(shared, 1_000));
        }

        var choice = EstimatorChoice.Make("file", shared);

        Assert.Equal("LinearRegression", choice.Estimator.Name);
    }

    private static PickleDict Dict(params (string Key, object? Value)[] entries)
    {
        var dict = new PickleDict();
        foreach (var (key, value) in entries)
        {
            dict.Set(key, value);
        }

        return dict;
    }

    private static PickleObject Scaler() => Pickled.Estimator(
        "sklearn.preprocessing._data", "StandardScaler", ("n_features_in_", 2L), ("mean_", Pickled.Vector(0, 0)), ("scale_", Pickled.Vector(1, 1)));
}
