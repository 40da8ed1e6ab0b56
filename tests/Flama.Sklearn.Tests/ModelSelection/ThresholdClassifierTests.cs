using Flama.Pickle;

namespace Flama.Sklearn.Tests.ModelSelection;

public sealed class ThresholdClassifierTests
{
    [Theory]
    [InlineData("auto", 0.5, new[] { 0.0, 1.0, 1.0 })]
    [InlineData("predict_proba", 0.9, new[] { 0.0, 0.0, 1.0 })]
    [InlineData("decision_function", -1.0, new[] { 0.0, 1.0, 1.0 })]
    public void Predict_FixedThreshold_IsMetFromTheThresholdOn(string method, double threshold, double[] expected)
    {
        var model = Pickled.Build(Fixed(("response_method", method), ("threshold", threshold)));

        var labels = model.Run(Method.Predict, Rows.Of([-3.0], [0.0], [3.0]));

        Assert.Equal(expected, labels);
    }

    [Fact]
    public void Predict_FirstClassIsPositive_TurnsTheDecision()
    {
        var model = Pickled.Build(Fixed(("response_method", "decision_function"), ("threshold", 1.0), ("pos_label", 4L)));

        var labels = model.Run(Method.Predict, Rows.Of([-3.0], [-0.5], [3.0]));

        Assert.Equal([0.0, 1.0, 1.0], labels);
    }

    [Fact]
    public void Predict_TunedForAScoreOfThePositiveClass_TakesClassOneForIt()
    {
        var scorer = new PickleObject(new GlobalName("sklearn.metrics._scorer", "_CurveScorer"), new PickleTuple([])) { State = new PickleDict() };
        scorer.Attributes!.Set("_kwargs", new PickleDict());
        scorer.Attributes!.Set("_score_func", new PickleSymbol(new GlobalName("sklearn.metrics._classification", "f1_score")));
        var model = Pickled.Build(Pickled.Estimator(
            "sklearn.model_selection._classification_threshold",
            "TunedThresholdClassifierCV",
            ("estimator_", Logistic(1, 2)),
            ("best_threshold_", 0.9),
            ("_curve_scorer", scorer)));

        // The probability of the first class, 1, is above 0.9 only for the first row.
        var labels = model.Run(Method.Predict, Rows.Of([-3.0], [0.0], [3.0]));

        Assert.Equal([0.0, 1.0, 1.0], labels);
    }

    [Fact]
    public void Build_PositiveClassThatIsNone_SaysSo()
    {
        var error = Assert.Throws<FlamaException>(() => Pickled.Build(Fixed(("pos_label", 9L))));

        Assert.Contains("its positive class 9 is not among its classes", error.Message, StringComparison.Ordinal);
    }

    private static PickleObject Fixed(params (string Name, object? Value)[] attributes) => Pickled.Estimator(
        "sklearn.model_selection._classification_threshold", "FixedThresholdClassifier", [("estimator_", Logistic(4, 5)), .. attributes]);

    private static PickleObject Logistic(params long[] classes) => Pickled.Estimator(
        "sklearn.linear_model._logistic",
        "LogisticRegression",
        ("classes_", Pickled.Integers(classes)),
        ("coef_", Pickled.Array([1], 1, 1)),
        ("intercept_", Pickled.Vector(0)));
}
