using Flama.Pickle;

namespace Flama.Sklearn.Tests.CrossDecomposition;

public sealed class PLSTests
{
    // Two features of the deviations 2 and 4, two targets y0 = 3·z0 + 10 and y1 = 5·z1 + 20: feature by target, target by feature, and with the division inside.
    [Theory]
    [InlineData("0.23.2", "coef_", new double[] { 3, 1, 0, 5 })]
    [InlineData("1.0.2", "coef_", new double[] { 3, 1, 0, 5 })]
    [InlineData("1.2.1", "_coef_", new double[] { 3, 0, 1, 5 })]
    [InlineData("1.4.2", "coef_", new double[] { 3, 0, 1, 5 })]
    [InlineData("1.5.0", "coef_", new double[] { 1.5, 0, 0.5, 1.25 })]
    public void Run_CoefficientsOfAnyVersion_PredictTheSame(string version, string name, double[] coefficients)
    {
        var model = Pickled.Build(Model(version, name, coefficients));
        using var rows = Rows.Of([3, 5], [1, 1]);

        Assert.Equal([13, 26, 10, 20], model.Run(Method.Predict, rows));
        Assert.Equal([1, 1, 0, 0], model.Run(Method.Transform, rows));
    }

    [Fact]
    public void Run_Inverse_GoesBackToTheColumns()
    {
        var model = Pickled.Build(Model("1.4.2", "coef_", [3, 0, 1, 5]));
        using var rows = Rows.Of([1, 1]);

        Assert.Equal([3, 5], model.Run(Method.InverseTransform, rows));
    }

    private static PickleObject Model(string version, string name, double[] coefficients) => Pickled.Estimator(
        "sklearn.cross_decomposition._pls",
        "PLSRegression",
        ("_sklearn_version", version),
        ("n_features_in_", 2L),
        (name, Pickled.Array(coefficients, 2, 2)),
        ("x_rotations_", Pickled.Array([1, 0, 0, 1], 2, 2)),
        ("x_loadings_", Pickled.Array([1, 0, 0, 1], 2, 2)),
        ("_x_mean", Pickled.Vector(1, 1)),
        ("_x_std", Pickled.Vector(2, 4)),
        ("_y_mean", Pickled.Vector(10, 20)));
}
