using Flama.Pickle;

namespace Flama.Sklearn.Tests.GaussianProcess;

public sealed class GaussianProcessRegressorTests
{
    // One target in a column of its own has been flat since 1.1.
    [Theory]
    [InlineData("1.0.2", 1, false)]
    [InlineData("1.1.0", 1, true)]
    [InlineData("1.1.0", 2, false)]
    public void Shape_TargetsInColumns_DependsOnTheVersion(string version, int targets, bool isFlat)
    {
        var process = Pickled.Build(Process(version, targets));

        Assert.Equal(isFlat, process.Shape(Method.Predict, null).IsFlat);
        Assert.Equal(targets, process.Shape(Method.Predict, null).Width);
    }

    // Before 1.1 the targets shared a deviation.
    [Theory]
    [InlineData("1.0.2", 3)]
    [InlineData("1.2.1", 4)]
    public void Run_DeviationOfTwoTargets_IsSharedBefore11(string version, int width)
    {
        var process = Pickled.Build(Process(version, 2));
        using var rows = Rows.Of([3]);

        var values = process.Run(Method.PredictStd, rows);

        // k = e^(−½·9); the variance is 1 − k²/1.01.
        var k = Math.Exp(-4.5);
        Assert.Equal(width, values.Length);
        Assert.Equal(k, values[0], 1e-15);
        Assert.All(values[2..], value => Assert.Equal(Math.Sqrt(1 - (k * k / 1.01)), value, 1e-15));
    }

    [Fact]
    public void Run_NeverFitted_IsThePrior()
    {
        var process = Pickled.Build(Pickled.Estimator("sklearn.gaussian_process._gpr", "GaussianProcessRegressor", ("kernel", null)));
        using var rows = Rows.Of([3, 4], [1, 1]);

        Assert.Equal([0, 1, 0, 1], process.Run(Method.PredictStd, rows));
    }

    [Fact]
    public void Build_FactorOfAnotherSize_IsAnInvalidModel()
    {
        var process = Process("1.4.2", 1);
        ((PickleDict)process.State!).Set("L_", Pickled.Array([1, 0, 0, 1], 2, 2));

        var exception = Assert.Throws<FlamaException>(() => Pickled.Build(process));

        Assert.Equal(ErrorCodes.InvalidModel, exception.Code);
    }

    // One training row, 0, with the targets' weights 1.
    private static PickleObject Process(string version, int targets) => Pickled.Estimator(
        "sklearn.gaussian_process._gpr",
        "GaussianProcessRegressor",
        ("_sklearn_version", version),
        ("n_features_in_", 1L),
        ("X_train_", Pickled.Array([0], 1, 1)),
        ("alpha_", Pickled.Array([.. Enumerable.Repeat(1.0, targets)], 1, targets)),
        ("L_", Pickled.Array([Math.Sqrt(1.01)], 1, 1)),
        ("_y_train_mean", 0.0),
        ("_y_train_std", 1.0),
        ("kernel_", Pickled.Estimator("sklearn.gaussian_process.kernels", "RBF", ("length_scale", 1.0))));
}
