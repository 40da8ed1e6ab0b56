using Flama.Pickle;

namespace Flama.Sklearn.Tests.MultiOutput;

public sealed class ChainTests
{
    [Fact]
    public void Predict_LaterLink_GetsEarlierAnswersAndItsOwnPlace()
    {
        // First link: output 1 = 2x. Second: output 0 = x + 10·(first answer).
        var model = Pickled.Build(Chain("RegressorChain", [1, 0], Linear(2), Linear(1, 10)));

        var outputs = model.Run(Method.Predict, Rows.Of([3.0], [-1.0]));

        Assert.Equal([63.0, 6, -21, -2], outputs);
    }

    [Fact]
    public void Predict_SparseRows_EqualsDense()
    {
        var model = Pickled.Build(Chain("RegressorChain", [0, 2, 1], Linear(2, 1), Linear(1, 10, 3), Linear(1, 1, 1, 1)));
        var rows = Rows.Random(8, 2, 3);
        using var sparse = Rows.Sparse(rows);

        var expected = model.Run(Method.Predict, Rows.Of(rows));
        var actual = model.Run(Method.Predict, sparse);

        Assert.True(model.TakesSparse);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void PredictProba_ChainMethodIsTheDecision_HandsDecisionsOn()
    {
        var chain = Chain("ClassifierChain", [0, 1], Logistic(2), Logistic(0, 1));
        chain.Attributes!.Set("_sklearn_version", "1.9.0");
        chain.Attributes!.Set("chain_method_", "decision_function");
        var model = Pickled.Build(chain);

        var probabilities = model.Run(Method.PredictProba, Rows.Of([1.5]));

        // The second link sees the first one's decision, 3, rather than its label, 1.
        Assert.Equal(1 / (1 + Math.Exp(-3)), probabilities[1], 1e-15);
        Assert.Contains(Method.PredictLogProba, model.Methods);
    }

    [Fact]
    public void Build_OrderThatRepeats_SaysSo()
    {
        var error = Assert.Throws<FlamaException>(() => Pickled.Build(Chain("RegressorChain", [0, 0], Linear(2), Linear(1, 10))));

        Assert.Contains("its order is (0, 0)", error.Message, StringComparison.Ordinal);
    }

    private static PickleObject Chain(string name, long[] order, params PickleObject[] links) => Pickled.Estimator(
        "sklearn.multioutput", name, ("estimators_", links.Select(link => (object?)link).ToList()), ("order_", Pickled.Integers(order)));

    private static PickleObject Linear(params double[] coefficients) => Pickled.Estimator(
        "sklearn.linear_model._base", "LinearRegression", ("coef_", Pickled.Vector(coefficients)), ("intercept_", 0.0));

    private static PickleObject Logistic(params double[] coefficients) => Pickled.Estimator(
        "sklearn.linear_model._logistic",
        "LogisticRegression",
        ("classes_", Pickled.Integers(0, 1)),
        ("coef_", Pickled.Array(coefficients, 1, coefficients.Length)),
        ("intercept_", Pickled.Vector(0)));
}
