using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Tests.Impute;

public sealed class ImputerVersionTests
{
    // Up to 1.2 the indicator's columns were left out where nothing was missing.
    [Theory]
    [InlineData("1.2.1", 2)]
    [InlineData("1.4.2", 3)]
    public void Shape_KnnWithIndicatorAndNothingMissing_DependsOnTheVersion(string version, int expected)
    {
        var imputer = Pickled.Build(Knn(version, 1, 10, 2, double.NaN, 3, 30));
        using var rows = Rows.Of([1, 2]);

        Assert.Equal(expected, imputer.Shape(Method.Transform, rows).Width);
        Assert.Equal(expected == 3, imputer.IsRowwise);
    }

    // Up to 1.5 rows without a distance filled the places of missing neighbors.
    [Theory]
    [InlineData("1.4.2", 20)]
    [InlineData("1.6.0", 10)]
    public void Run_FewerNeighborsThanAskedFor_CountsUnreachableRowsUpTo15(string version, double expected)
    {
        var imputer = Pickled.Build(Knn(version, 1, 10, double.NaN, 30));
        using var rows = Rows.Of([1, double.NaN]);

        Assert.Equal([1, expected, 1], imputer.Run(Method.Transform, rows));
    }

    // Python gives the first imputation where every cell of the input is missing.
    [Fact]
    public void Run_IterativeWithNothingButMissing_IsTheFirstImputation()
    {
        var imputer = Pickled.Build(Iterative());
        using var nothing = Rows.Of([double.NaN, double.NaN]);
        using var something = Rows.Of([double.NaN, double.NaN], [4, double.NaN]);

        Assert.Equal([1, 2], imputer.Run(Method.Transform, nothing));

        // x0 = 2·1 + 3·2 + 1 from the start values, cut to 8; x1 = 2·x0 + 3·2 + 1, cut to 100.
        Assert.Equal([8, 23, 4, 15], imputer.Run(Method.Transform, something));
    }

    // Up to 1.7 a constant fills columns that had no value in training; since 1.8 those have the statistic NaN and are dropped, and statistics are objects.
    [Theory]
    [InlineData("1.7.2", 2)]
    [InlineData("1.8.0", 1)]
    public void Run_ConstantForAnEmptyColumn_DropsItSince18(string version, int expected)
    {
        var imputer = Pickled.Build(Pickled.Estimator(
            "sklearn.impute._base",
            "SimpleImputer",
            ("_sklearn_version", version),
            ("strategy", "constant"),
            ("fill_value", 7.0),
            ("missing_values", double.NaN),
            ("keep_empty_features", false),
            ("_fit_dtype", DType.Float64),
            ("statistics_", new NdArray([2], [7.0, double.NaN]))));
        using var rows = Rows.Of([double.NaN, 1]);

        Assert.Equal(PredictionKind.Float, imputer.Shape(Method.Transform, rows).Kind);
        Assert.Equal(expected == 1 ? [7] : [7, 1], imputer.Run(Method.Transform, rows));
    }

    private static PickleObject Knn(string version, params double[] values) => Pickled.Estimator(
        "sklearn.impute._knn",
        "KNNImputer",
        ("_sklearn_version", version),
        ("n_features_in_", 2L),
        ("_fit_X", Pickled.Array(values, values.Length / 2, 2)),
        ("missing_values", double.NaN),
        ("n_neighbors", 2L),
        ("weights", "uniform"),
        ("add_indicator", true),
        ("indicator_", Pickled.Estimator("sklearn.impute._base", "MissingIndicator", ("features_", Pickled.Integers(1)))));

    private static PickleObject Iterative() => Pickled.Estimator(
        "sklearn.impute._iterative",
        "IterativeImputer",
        ("n_features_in_", 2L),
        ("missing_values", double.NaN),
        ("n_iter_", 1L),
        ("_min_value", Pickled.Vector(0, 0)),
        ("_max_value", Pickled.Vector(8, 100)),
        ("initial_imputer_", Pickled.Estimator(
            "sklearn.impute._base",
            "SimpleImputer",
            ("n_features_in_", 2L),
            ("strategy", "mean"),
            ("missing_values", double.NaN),
            ("statistics_", Pickled.Vector(1, 2)))),
        ("imputation_sequence_", new List<object?> { Step(0), Step(1) }));

    private static PickleTuple Step(long feature) => new([feature, Pickled.Integers(0, 1), Pickled.LinearRegression()]);
}
