using Flama.Pickle;

namespace Flama.Sklearn.Tests;

public sealed class EstimatorStateTests
{
    [Fact]
    public void Build_MissingAttribute_NamesClassPlaceAndAttribute()
    {
        var pickled = Pickled.Estimator("sklearn.linear_model._base", "LinearRegression", ("n_features_in_", 2L));

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(pickled));

        Assert.Equal(ErrorCodes.InvalidModel, error.Code);
        Assert.Equal(
            "sklearn.linear_model._base.LinearRegression at model: it has no attribute 'coef_', as if it had not been fitted before it was saved.",
            error.Message);
    }

    [Fact]
    public void Build_WrongShape_SaysWhatWasFoundAndExpected()
    {
        var pickled = Pickled.Estimator(
            "sklearn.linear_model._base", "LinearRegression", ("n_features_in_", 3L), ("coef_", Pickled.Vector(1, 2)), ("intercept_", 0.0));

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(pickled));

        Assert.Contains("'coef_' has 2 columns and the model takes 3 features", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WrongType_SaysWhatWasFoundAndExpected()
    {
        var pickled = Pickled.Estimator("sklearn.linear_model._base", "LinearRegression", ("coef_", "no"), ("intercept_", 0.0));

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(pickled));

        Assert.Contains("its attribute 'coef_' is a str, expected a matrix of numbers", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<object, string> WrongCounts() => new()
    {
        { -4L, "its attribute 'n_features_in_' is -4, expected a number of features" },
        { 4.5, "its attribute 'n_features_in_' is 4.5, expected a number of features" },
        { 1L << 31, "its attribute 'n_features_in_' is 2147483648, expected a number of features" },
        { (1L << 22) + 1, "it says that it takes 4194305 features, more than 4194304" },
        { "2", "its attribute 'n_features_in_' is a str, expected an int" },
    };

    [Theory]
    [MemberData(nameof(WrongCounts))]
    public void Build_CountThatIsNoNumberOfFeatures_IsRefused(object count, string expected)
    {
        var pickled = Pickled.Estimator(
            "sklearn.linear_model._base", "LinearRegression", ("n_features_in_", count), ("coef_", Pickled.Vector(1, 2)), ("intercept_", 0.0));

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(pickled));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<object?[], string> WrongNames() => new()
    {
        { ["a"], "it takes 2 features and has 1 names for them" },
        { ["a", null], "its attribute 'feature_names_in_' is a list, expected an array of names" },
        { ["a", 1L], "its attribute 'feature_names_in_' is a list, expected an array of names" },
    };

    [Theory]
    [MemberData(nameof(WrongNames))]
    public void Build_NamesThatAreNotThoseOfTheFeatures_AreRefused(object?[] names, string expected)
    {
        var pickled = Pickled.Estimator(
            "sklearn.linear_model._base",
            "LinearRegression",
            ("n_features_in_", 2L),
            ("feature_names_in_", names.ToList()),
            ("coef_", Pickled.Vector(1, 2)),
            ("intercept_", 0.0));

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(pickled));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    // Data frames may have a name twice, and scikit-learn keeps it so.
    [Fact]
    public void Build_NameTwice_IsAccepted()
    {
        var pickled = Pickled.Estimator(
            "sklearn.linear_model._base",
            "LinearRegression",
            ("n_features_in_", 2L),
            ("feature_names_in_", new List<object?> { "a", "a" }),
            ("coef_", Pickled.Vector(1, 2)),
            ("intercept_", 0.0));

        Assert.Equal(["a", "a"], Pickled.Build(pickled).FeatureNames!);
    }

    [Fact]
    public void Build_UnknownEstimator_NamesClassPathAndWayOut()
    {
        var pickled = Pickled.Estimator("sklearn.nowhere", "Oracle");

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(pickled));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, error.Code);
        Assert.Contains("sklearn.nowhere.Oracle at model", error.Message, StringComparison.Ordinal);
        Assert.Contains("ONNX", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_PipelineInItself_IsRefused()
    {
        var pipeline = Pickled.Estimator("sklearn.pipeline", "Pipeline");
        ((PickleDict)pipeline.State!).Set("steps", new List<object?> { new PickleTuple(["again", pipeline]) });

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(pipeline));

        Assert.Equal(ErrorCodes.InvalidModel, error.Code);
        Assert.Contains("contains itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_DeepNesting_IsRefused()
    {
        var estimator = Pickled.LinearRegression();
        for (var i = 0; i < 100; i++)
        {
            estimator = Pickled.Estimator("sklearn.pipeline", "Pipeline", ("steps", new List<object?> { new PickleTuple(["inner", estimator]) }));
        }

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(estimator));

        Assert.Equal(ErrorCodes.LimitExceeded, error.Code);
    }

    [Theory]
    [InlineData("1.9.0", false)]
    [InlineData("1.10.1", true)]
    [InlineData("2.0", true)]
    [InlineData("0.22.1", false)]
    public void Build_NewerVersionThanKnown_WorksAndWarns(string version, bool warns)
    {
        var loader = new EstimatorLoader();

        loader.Build(Pickled.LinearRegression(("_sklearn_version", version)), "model", null);

        Assert.Equal(warns, loader.Warnings.Count == 1);
        Assert.Equal(version, loader.VersionText);
    }
}
