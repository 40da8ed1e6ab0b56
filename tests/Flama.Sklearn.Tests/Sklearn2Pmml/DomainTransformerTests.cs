using Flama.Pickle;

namespace Flama.Sklearn.Tests.Sklearn2Pmml;

/// <summary>The values are those of the library's own tests (sklearn2pmml 0.129.2).</summary>
public sealed class DomainTransformerTests
{
    private const double Nan = double.NaN;

    [Fact]
    public void Continuous_MissingAndInvalid_HaveTheirReplacements()
    {
        var domain = Continuous(
            [1.0], [3.0], ("missing_values", Nan), ("missing_value_treatment", "as_value"), ("missing_value_replacement", -1.0), ("invalid_value_treatment", "as_value"),
            ("invalid_value_replacement", 0.0));
        using var rows = Rows.Of([1], [Nan], [3], [2], [4]);

        Assert.Equal([1, -1, 3, 2, 0], domain.Run(Method.Transform, rows));
    }

    [Fact]
    public void Continuous_SeveralMissingValues_AreAllReplaced_AndInvalidCountAsMissing()
    {
        var domain = Continuous(
            [1.0], [3.0], ("missing_values", new List<object?> { -999.0, -1.0 }), ("missing_value_replacement", 0.0), ("invalid_value_treatment", "as_missing"));
        using var rows = Rows.Of([-999], [-1], [4], [2]);

        Assert.Equal([0, 0, 0, 2], domain.Run(Method.Transform, rows));
    }

    [Fact]
    public void Continuous_Outliers_CountAsMissingOrAreCapped()
    {
        var asMissing = Continuous(
            [-2.0, 0.0], [2.0, 4.0], ("missing_values", Nan), ("missing_value_replacement", 1.0), ("outlier_treatment", "as_missing_values"), ("low_value", 0.0), ("high_value", 3.0));
        var capped = Continuous([-2.0, 0.0], [2.0, 4.0], ("missing_values", -1.0), ("outlier_treatment", "as_extreme_values"), ("low_value", 0.0), ("high_value", 3.0));
        using var gaps = Rows.Of([-2, Nan], [2, 4], [Nan, 0]);
        using var marked = Rows.Of([-2, -1], [2, 4], [-1, 0]);

        Assert.Equal([1, 1, 2, 1, 1, 0], asMissing.Run(Method.Transform, gaps));
        Assert.Equal([0, -1, 2, 3, -1, 0], capped.Run(Method.Transform, marked));
    }

    [Fact]
    public void Continuous_InvalidCell_IsRefusedByRowAndRange()
    {
        var domain = Continuous([1.0], [3.0]);
        using var rows = Rows.Of([2], [5]);

        var error = Assert.Throws<FlamaException>(() => domain.Run(Method.Transform, rows));

        Assert.Equal("Row 1, feature 0: the value is not within 1 and 3, as in training (ContinuousDomain).", error.Message);
    }

    [Fact]
    public void Categorical_ColumnsOfIntegers_HaveValuesOfTheirOwn()
    {
        var domain = Categorical(
            new List<object?> { Pickled.Integers(1, 2, 3), Pickled.Integers(1, 2) },
            ("missing_values", -1L), ("missing_value_replacement", 0L), ("invalid_value_treatment", "as_missing"));
        using var rows = Rows.Of([-1, 1], [4, 2], [2, -1]);

        Assert.Equal([0, 1, 0, 2, 2, 0], domain.Run(Method.Transform, rows));
    }

    [Fact]
    public void Categorical_UnknownValue_IsRefused_AndMissingOnesPass()
    {
        var domain = Categorical(Pickled.Integers(1, 2));
        using var known = Rows.Of([2], [Nan]);
        using var unknown = Rows.Of([7]);

        Assert.Equal([2, Nan], domain.Run(Method.Transform, known));
        Assert.Contains("not one of training's", Assert.Throws<FlamaException>(() => domain.Run(Method.Transform, unknown)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingValue_ThatIsInvalid_IsRefused()
    {
        var domain = Continuous([1.0], [3.0], ("missing_value_treatment", "return_invalid"));
        using var rows = Rows.Of([Nan]);

        Assert.Contains("the value is missing", Assert.Throws<FlamaException>(() => domain.Run(Method.Transform, rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MultiDomain_HasOnePerColumn_AndNoneForColumnsThatPass()
    {
        var domain = Pickled.Build(Pickled.Estimator(
            "sklearn2pmml.decoration",
            "MultiDomain",
            ("n_features_in_", 2L),
            ("domains", new List<object?> { State("ContinuousDomain", ("data_min_", Pickled.Vector(-1)), ("data_max_", Pickled.Vector(1)), ("missing_value_replacement", 0.0)), null })));
        using var rows = Rows.Of([-1, -1], [Nan, 7]);

        Assert.Equal([-1, -1, 0, 7], domain.Run(Method.Transform, rows));
    }

    [Fact]
    public void Alias_AnswersAsItsTransformer()
    {
        var scaler = Pickled.Estimator(
            "sklearn.preprocessing._data", "StandardScaler", ("n_features_in_", 1L), ("with_mean", true), ("with_std", true), ("mean_", Pickled.Vector(1)), ("scale_", Pickled.Vector(2)));
        var alias = Pickled.Build(Pickled.Estimator("sklearn2pmml.decoration", "Alias", ("transformer_", scaler), ("name", "z")));
        using var rows = Rows.Of([5]);

        Assert.Equal([2], alias.Run(Method.Transform, rows));
    }

    [Fact]
    public void DomainOfAnOldVersion_IsRefusedByName()
    {
        var old = Pickled.Estimator("sklearn2pmml.decoration", "ContinuousDomain", ("data_min_", Pickled.Vector(1)), ("data_max_", Pickled.Vector(2)), ("outlier_treatment", "as_is"));

        Assert.Contains("sklearn2pmml 0.82", Assert.Throws<FlamaException>(() => Pickled.Build(old)).Message, StringComparison.Ordinal);
    }

    private static Estimator Continuous(double[] smallest, double[] largest, params (string Name, object? Value)[] more) => Pickled.Build(
        State("ContinuousDomain", [("n_features_in_", (long)smallest.Length), ("data_min_", Pickled.Vector(smallest)), ("data_max_", Pickled.Vector(largest)), .. more]));

    private static Estimator Categorical(object values, params (string Name, object? Value)[] more) => Pickled.Build(State("CategoricalDomain", [("data_values_", values), .. more]));

    private static PickleObject State(string name, params (string Name, object? Value)[] more)
    {
        List<(string Name, object? Value)> all =
        [
            ("dtype_", "float64"),
            ("missing_values", null),
            ("missing_value_treatment", "as_is"),
            ("invalid_value_treatment", "return_invalid"),
            .. name == "ContinuousDomain" ? [("outlier_treatment", (object?)"as_is")] : Array.Empty<(string, object?)>(),
        ];
        all.RemoveAll(entry => more.Any(given => given.Name == entry.Name));
        return Pickled.Estimator("sklearn2pmml.decoration", name, [.. all, .. more]);
    }
}
