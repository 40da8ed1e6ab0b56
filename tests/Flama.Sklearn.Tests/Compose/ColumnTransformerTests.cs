using Flama.Pickle;

namespace Flama.Sklearn.Tests.Compose;

public sealed class ColumnTransformerTests
{
    private static readonly double[] Row = [0, 1, 2, 3, 4];

    public static TheoryData<string, double[]> Selections() => new()
    {
        { "first", [1] },
        { "last", [4] },
        { "list", [3, 0] },
        { "mask", [0, 2] },
        { "slice", [1, 2] },
        { "step", [0, 2, 4] },
        { "backwards", [4, 2] },
        { "open", [3, 4] },
        { "beyond", [] },
        { "remainder", [2, 4] },
        { "index", [1, 3] },
    };

    [Theory]
    [MemberData(nameof(Selections))]
    public void Transform_Columns_PicksThemAsPythonDoes(string selection, double[] expected)
    {
        var transformer = Pickled.Build(Transformer([], ("p", "passthrough", SelectionOf(selection))));
        using var rows = Rows.Of(Row);

        Assert.Equal(expected, transformer.Run(Method.Transform, rows));
    }

    [Theory]
    [InlineData(null, "b", "0 1")]
    [InlineData("b", "d", "1 2 3")]
    [InlineData("d", null, "3 4")]
    [InlineData("d", "b", "")]
    public void Transform_SliceOfNames_IncludesItsEnd(string? from, string? to, string expected)
    {
        var names = ("feature_names_in_", (object?)Pickled.Texts("a", "b", "c", "d", "e"));
        var transformer = Pickled.Build(Transformer([names], ("p", "passthrough", Slice(from, to, null))));
        using var rows = Rows.Of(Row);

        Assert.Equal(expected, string.Join(' ', transformer.Run(Method.Transform, rows)));
    }

    [Theory]
    [InlineData(5L)]
    [InlineData(-6L)]
    [InlineData(1_000_000_000_000L)]
    public void Build_PositionThatIsNotThere_IsNoSoundModel(long position)
    {
        var exception = Assert.Throws<FlamaException>(() => Pickled.Build(Transformer([], ("p", "passthrough", position))));

        Assert.Equal(ErrorCodes.InvalidModel, exception.Code);
    }

    // In a sparse result scikit-learn reads strings as numbers.
    [Fact]
    public void Transform_SparseResultWithTexts_ReadsThemAsNumbers()
    {
        var transformer = Pickled.Build(Transformer([("sparse_output_", true), ("transformer_weights", Weight("q", 10))], ("p", "passthrough", 0L), ("q", "passthrough", 1L)));
        using var rows = FeatureBatch.Rent(1, 5, withTexts: true);
        for (var i = 0; i < Row.Length; i++)
        {
            rows.SetNumber(0, i, Row[i]);
        }

        rows.SetText(0, 0, "2.5");

        Assert.Equal(PredictionKind.Float, transformer.Shape(Method.Transform, rows).Kind);
        Assert.Equal([2.5, 10], transformer.Run(Method.Transform, rows));
    }

    [Fact]
    public void Transform_SparseResultWithAWord_SaysWhichRow()
    {
        var transformer = Pickled.Build(Transformer([("sparse_output_", true)], ("p", "passthrough", 0L)));
        using var rows = FeatureBatch.Rent(2, 5, withTexts: true);
        rows.SetText(1, 0, "word");

        var exception = Assert.Throws<FlamaException>(() => transformer.Run(Method.Transform, rows));

        Assert.Equal("Row 1: ColumnTransformer needs a number and found the string \"word\".", exception.Problems[0].Message);
    }

    private static object? SelectionOf(string name) => name switch
    {
        "first" => 1L,
        "last" => -1L,
        "list" => new List<object?> { 3L, -5L },
        "mask" => new List<object?> { true, false, true, false, false },
        "slice" => Slice(1L, 3L, null),
        "step" => Slice(0L, null, 2L),
        "backwards" => Slice(null, 0L, -2L),
        "open" => Slice(-2L, null, null),
        "beyond" => Slice(7L, 9L, null),
        "remainder" => Remainder(2, 4),
        _ => Index(1, 3),
    };

    private static PickleObject Slice(object? from, object? to, object? step) =>
        new(new GlobalName("builtins", "slice"), new PickleTuple([from, to, step]));

    // scikit-learn 1.5 and 1.6 wrap the columns of the remainder.
    private static PickleObject Remainder(params long[] columns)
    {
        var state = new PickleDict();
        state.Set("data", new List<object?>(columns.Cast<object?>()));
        state.Set("warning_was_emitted", false);
        return new(new GlobalName("sklearn.compose._column_transformer", "_RemainderColsList"), new PickleTuple([])) { State = state };
    }

    private static PickleObject Index(params long[] labels)
    {
        var parts = new PickleDict();
        parts.Set("data", Pickled.Integers(labels));
        parts.Set("name", null);
        return new(new GlobalName("pandas.core.indexes.base", "Index"), new PickleTuple([new PickleSymbol(new GlobalName("pandas.core.indexes.base", "Index")), parts]));
    }

    private static PickleDict Weight(string name, double weight)
    {
        var weights = new PickleDict();
        weights.Set(name, weight);
        return weights;
    }

    private static PickleObject Transformer((string Name, object? Value)[] more, params (string Name, object? Estimator, object? Columns)[] parts) =>
        Pickled.Estimator(
            "sklearn.compose._column_transformer",
            "ColumnTransformer",
            [("n_features_in_", 5L), ("transformers_", new List<object?>(parts.Select(part => new PickleTuple([part.Name, part.Estimator, part.Columns])))), .. more]);
}
