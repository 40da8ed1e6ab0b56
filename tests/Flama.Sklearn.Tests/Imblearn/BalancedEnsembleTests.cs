using Flama.Pickle;

namespace Flama.Sklearn.Tests.Imblearn;

public sealed class BalancedEnsembleTests
{
    // imblearn's classes do not say which scikit-learn wrote them, their members do: since 1.4 the class that a member predicts takes from the others.
    [Theory]
    [InlineData("1.2.1", new double[] { 0, 1, 0 })]
    [InlineData("1.4.2", new double[] { -0.5, 1, -0.5 })]
    public void Run_BoostedWithUnderSampling_FollowsTheMembersVersion(string version, double[] expected)
    {
        var model = Pickled.Build(Ensemble("imblearn.ensemble._weight_boosting", "RUSBoostClassifier", version));
        using var rows = Rows.Of([1, 2]);

        Assert.Equal(expected, model.Run(Method.DecisionFunction, rows));
        Assert.Equal([1], model.Run(Method.Predict, rows));
    }

    [Theory]
    [InlineData("imblearn.ensemble._bagging", "BalancedBaggingClassifier")]
    [InlineData("imblearn.ensemble._easy_ensemble", "EasyEnsembleClassifier")]
    public void Run_BagOfPipelinesWithSamplers_IsTheMembersMean(string module, string name)
    {
        var model = Pickled.Build(Ensemble(module, name, "1.2.1"));
        using var rows = Rows.Of([1, 2]);

        Assert.Equal([0.2, 0.5, 0.3], model.Run(Method.PredictProba, rows), (one, other) => Math.Abs(one - other) < 1e-15);
    }

    // Two members, each a sampler and a classifier that knows the shares of three classes.
    private static PickleObject Ensemble(string module, string name, string version)
    {
        var member = Pickled.Estimator(
            "sklearn.dummy",
            "DummyClassifier",
            ("_sklearn_version", version),
            ("strategy", "prior"),
            ("classes_", Pickled.Integers(0, 1, 2)),
            ("class_prior_", Pickled.Vector(0.2, 0.5, 0.3)),
            ("n_outputs_", 1L));
        var pipeline = Extension("imblearn.pipeline", "Pipeline", ("steps", new List<object?>
        {
            new PickleTuple(["sampler", Extension("imblearn.under_sampling._prototype_selection._random_under_sampler", "RandomUnderSampler")]),
            new PickleTuple(["classifier", member]),
        }));
        return Extension(
            module,
            name,
            ("n_features_in_", 2L),
            ("classes_", Pickled.Integers(0, 1, 2)),
            ("algorithm", "SAMME"),
            ("estimator_weights_", Pickled.Vector(1, 1)),
            ("estimators_", new List<object?> { pipeline, pipeline }),
            ("estimators_features_", new List<object?> { Pickled.Integers(0, 1), Pickled.Integers(0, 1) }));
    }

    private static PickleObject Extension(string module, string name, params (string Name, object? Value)[] attributes)
    {
        var state = new PickleDict();
        foreach (var (attribute, value) in attributes)
        {
            state.Set(attribute, value);
        }

        return new PickleObject(new GlobalName(module, name), new PickleTuple([])) { State = state };
    }
}
