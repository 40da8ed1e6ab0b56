namespace Flama.Sklearn.Tests.Svm;

public sealed class SvmPairsTests
{
    // Class 0 against 1 is undecided, both win against 2.
    private static readonly double[] Row = [0];

    [Fact]
    public void Predict_DecisionOfZero_VotesForTheSecondClass()
    {
        var model = Machine();

        var label = model.Run(Method.Predict, Rows.Of(Row));

        Assert.Equal([1.0], label);
    }

    [Fact]
    public void DecisionFunction_DecisionOfZero_VotesForTheFirstClass()
    {
        var model = Machine();

        var scores = model.Run(Method.DecisionFunction, Rows.Of(Row));

        Assert.Equal([2 + (1 / 6.0), 1 + (1 / 6.0), -2 / 9.0], scores);
    }

    private static Estimator Machine() => Pickled.Build(Pickled.Estimator(
        "sklearn.svm._classes",
        "SVC",
        ("n_features_in_", 1L),
        ("classes_", Pickled.Integers(0, 1, 2)),
        ("kernel", "linear"),
        ("support_vectors_", Pickled.Array([1, 1, 1], 3, 1)),
        ("_n_support", Pickled.Integers(1, 1, 1)),
        ("_dual_coef_", Pickled.Array(new double[6], 2, 3)),
        ("_intercept_", Pickled.Vector(0, 1, 1))));
}
