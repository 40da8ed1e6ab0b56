namespace Flama.Sklearn.Tests.Multiclass;

public sealed class OneVsRestClassifierTests
{
    [Theory]
    [InlineData("1.7.2", 2.0)]
    [InlineData("1.8.0", 0.0)]
    public void Predict_EqualScores_PicksByVersion(string version, double expected)
    {
        var model = OneVsRest(version, 0, 0, 0);

        var label = model.Run(Method.Predict, Rows.Of([1.0]));

        Assert.Equal([expected], label);
    }

    [Theory]
    [InlineData("1.6.1", double.NaN)]
    [InlineData("1.7.0", 0.0)]
    public void PredictProba_NoEstimatorIsFor_KeepsZerosSinceOneSeven(string version, double expected)
    {
        var model = OneVsRest(version, 0, 0, 0);

        var probabilities = model.Run(Method.PredictProba, Rows.Of([1.0]));

        Assert.Equal([expected, expected, expected], probabilities);
    }

    [Fact]
    public void PredictProba_SomeAreFor_DividesByTheSum()
    {
        var model = OneVsRest("1.4.2", 1, 0, 1);

        var probabilities = model.Run(Method.PredictProba, Rows.Of([1.0]));

        Assert.Equal([0.5, 0, 0.5], probabilities);
    }

    private static Estimator OneVsRest(string version, params double[] constants) => Pickled.Build(Pickled.Estimator(
        "sklearn.multiclass",
        "OneVsRestClassifier",
        ("_sklearn_version", version),
        ("classes_", Pickled.Integers([.. constants.Select((_, i) => (long)i)])),
        ("label_binarizer_", Pickled.Estimator("sklearn.preprocessing._label", "LabelBinarizer", ("y_type_", "multiclass"))),
        ("estimators_", constants.Select(label => (object?)Pickled.Estimator("sklearn.multiclass", "_ConstantPredictor", ("y_", Pickled.Vector(label)))).ToList())));
}
