namespace Flama.Sklearn.Tests.FeatureEngine;

public sealed class DropMissingDataTests
{
    private static Estimator Dropper(params (string Name, object? Value)[] more) => Pickled.Build(Pickled.Estimator(
        "feature_engine.imputation.drop_missing_data",
        "DropMissingData",
        [("feature_names_in_", new List<object?> { "a", "b" }), ("n_features_in_", 2L), ("variables_", new List<object?> { "a", "b" }), .. more]));

    [Fact]
    public void Run_WholeRow_PassesOn()
    {
        using var rows = Rows.Of([1, 2]);

        Assert.Equal([1, 2], Dropper().Run(Method.Transform, rows));
    }

    [Fact]
    public void Run_RowThatTheLibraryDrops_IsRefused()
    {
        var dropper = Dropper();
        using var rows = Rows.Of([1, 2], [3, double.NaN]);

        var error = Assert.Throws<FlamaException>(() => dropper.Run(Method.Transform, rows));

        Assert.Equal(ErrorCodes.InvalidInput, error.Code);
        Assert.Contains("Row 1, feature 'b' (1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RowWithEnoughCells_PassesOn()
    {
        using var rows = Rows.Of([1, double.NaN]);

        Assert.Equal([1, double.NaN], Dropper(("threshold", 0.5)).Run(Method.Transform, rows));
    }
}
