using Flama.Pickle;

namespace Flama.Sklearn.Tests.LinearModel;

/// <summary>What changed between versions without a golden case of its own.</summary>
public sealed class LinearModelVersionTests
{
    [Theory]
    [InlineData("1.8.0", double.NaN)]
    [InlineData("1.9.0", 1 / 3.0)]
    public void SGDClassifier_AllProbabilitiesZero_SpreadsThemSinceOneNine(string version, double expected)
    {
        var model = Pickled.Build(Pickled.Estimator(
            "sklearn.linear_model._stochastic_gradient",
            "SGDClassifier",
            ("_sklearn_version", version),
            ("loss", "log_loss"),
            ("classes_", Pickled.Integers(0, 1, 2)),
            ("coef_", Pickled.Array([-1, -1, -1], 3, 1)),
            ("intercept_", Pickled.Vector(0, 0, 0))));

        var probabilities = model.Run(Method.PredictProba, Rows.Of([2000.0]));

        Assert.Equal([expected, expected, expected], probabilities);
    }

    [Theory]
    [InlineData("1.8.0", false, 5.0)]
    [InlineData("1.9.0", false, 3.0)]
    [InlineData("0.23.2", true, 2.0)]
    public void BayesianRidge_Deviation_CentresAndScalesByVersion(string version, bool isNormalized, double expected)
    {
        // x = 4, offset 2, scale √2: √(x² + 9), √((x − 2)² + 5) and √(((x − 2) / √2)² + 2) where the noise is chosen to make whole roots.
        var noise = (expected * expected) - (isNormalized ? 2 : version == "1.9.0" ? 4 : 16);
        var model = Pickled.Build(Pickled.Estimator(
            "sklearn.linear_model._bayes",
            "BayesianRidge",
            ("_sklearn_version", version),
            ("normalize", isNormalized),
            ("coef_", Pickled.Vector(1)),
            ("intercept_", 0.5),
            ("sigma_", Pickled.Array([1], 1, 1)),
            ("alpha_", 1 / noise),
            ("X_offset_", Pickled.Vector(2)),
            ("X_scale_", Pickled.Vector(Math.Sqrt(2)))));

        var both = model.Run(Method.PredictStd, Rows.Of([4.0]));

        Assert.Equal(4.5, both[0]);
        Assert.Equal(expected, both[1], 1e-12);
    }

    [Theory]
    [InlineData("IdentityLink", 2.0)]
    [InlineData("LogLink", 7.38905609893065)]
    [InlineData("LogitLink", 0.8807970779778823)]
    public void GeneralizedLinearRegressor_LinkObject_IsInverted(string link, double expected)
    {
        var instance = new PickleObject(new GlobalName("sklearn.linear_model._glm.link", link), new PickleTuple([]));
        var model = Pickled.Build(Pickled.Estimator(
            "sklearn.linear_model._glm.glm",
            "GeneralizedLinearRegressor",
            ("_sklearn_version", "0.23.2"),
            ("coef_", Pickled.Vector(1)),
            ("intercept_", 0.0),
            ("_link_instance", instance)));

        var prediction = model.Run(Method.Predict, Rows.Of([2.0]));

        Assert.Equal(expected, prediction[0], 1e-14);
    }

    [Fact]
    public void RidgeClassifier_TrainedOnIndicators_AnswersEachLabel()
    {
        var model = Pickled.Build(Pickled.Estimator(
            "sklearn.linear_model._ridge",
            "RidgeClassifier",
            ("_label_binarizer", Pickled.Estimator(
                "sklearn.preprocessing._label", "LabelBinarizer", ("classes_", Pickled.Integers(0, 1)), ("y_type_", "multilabel-indicator"))),
            ("coef_", Pickled.Array([1, -1], 2, 1)),
            ("intercept_", Pickled.Vector(0, 5))));

        var labels = model.Run(Method.Predict, Rows.Of([2.0], [9.0]));

        Assert.Equal([1.0, 1, 1, 0], labels);
        Assert.Equal(PredictionKind.Integer, model.Shape(Method.Predict, null).Kind);
    }
}
