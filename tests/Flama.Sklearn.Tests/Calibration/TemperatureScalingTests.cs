namespace Flama.Sklearn.Tests.Calibration;

public sealed class TemperatureScalingTests
{
    // Two roundings of e^x in a sum of three.
    private const double Tolerance = 1e-14;

    [Fact]
    public void PredictProba_DecisionOfTwoClasses_IsTheLogisticOfTwiceTheScaledDecision()
    {
        var model = Calibrated(Logistic([[1.0]], 0, 1));

        var probabilities = model.Run(Method.PredictProba, Rows.Of([0.7]));

        Assert.Equal(1 / (1 + Math.Exp(-2 * 0.5 * 0.7)), probabilities[1], Tolerance);
        Assert.Equal(1, probabilities[0] + probabilities[1], Tolerance);
    }

    [Fact]
    public void PredictProba_DecisionsOfThreeClasses_IsTheirScaledSoftmax()
    {
        var model = Calibrated(Logistic([[1.0], [2.0], [-1.0]], 0, 1, 2));

        var probabilities = model.Run(Method.PredictProba, Rows.Of([2.0]));

        double[] powers = [Math.Exp(1), Math.Exp(2), Math.Exp(-1)];
        Assert.All(powers.Zip(probabilities), pair => Assert.Equal(pair.First / powers.Sum(), pair.Second, Tolerance));
        Assert.False(model.IsRowwise);
    }

    [Fact]
    public void PredictProba_Probabilities_ScalesTheirLogarithms()
    {
        var model = Calibrated(Pickled.Estimator(
            "sklearn.dummy",
            "DummyClassifier",
            ("strategy", "prior"),
            ("classes_", Pickled.Integers(0, 1)),
            ("class_prior_", Pickled.Vector(0.2, 0.8))));

        var probabilities = model.Run(Method.PredictProba, Rows.Of([1.0]));

        // ½ ln p is ln √p: the epsilon of 1e-12 inside of the logarithm shifts it by far less than the tolerance.
        Assert.Equal(Math.Sqrt(0.2) / (Math.Sqrt(0.2) + Math.Sqrt(0.8)), probabilities[0], 1e-11);
        Assert.True(model.IsRowwise);
    }

    private static Pickle.PickleObject Logistic(double[][] coefficients, params long[] classes) => Pickled.Estimator(
        "sklearn.linear_model._logistic",
        "LogisticRegression",
        ("classes_", Pickled.Integers(classes)),
        ("coef_", Pickled.Array([.. coefficients.SelectMany(row => row)], coefficients.Length, 1)),
        ("intercept_", Pickled.Vector(new double[coefficients.Length])));

    private static Estimator Calibrated(Pickle.PickleObject classifier)
    {
        classifier.Attributes!.TryGetValue("classes_", out var classes);
        var member = Pickled.Estimator(
            "sklearn.calibration",
            "_CalibratedClassifier",
            ("estimator", classifier),
            ("method", "temperature"),
            ("classes", classes),
            ("calibrators", new List<object?> { Pickled.Estimator("sklearn.calibration", "_TemperatureScaling", ("beta_", 0.5)) }));
        return Pickled.Build(Pickled.Estimator(
            "sklearn.calibration",
            "CalibratedClassifierCV",
            ("_sklearn_version", "1.9.0"),
            ("classes_", classes),
            ("calibrated_classifiers_", new List<object?> { member })));
    }
}
