using Flama.Pickle;

namespace Flama.Sklearn.Tests.Pipelines;

public sealed class SparseStepsTests
{
    private const string Text = "sklearn.feature_extraction.text";

    // A million columns: rows with their zeros would be 8 MB each.
    private const long Columns = 1 << 20;

    [Fact]
    public void GivesSparse_HashingThenSteps_StaysSparseThroughThoseThatKeepZeros()
    {
        var pipeline = Pickled.Build(Pipeline(
            Hashing(), Pickled.Estimator(Text, "TfidfTransformer", ("use_idf", false), ("norm", "l1")),
            Pickled.Estimator("sklearn.preprocessing._data", "Normalizer", ("norm", "max"))));
        using var texts = Texts("foo ab ab");

        using var rows = pipeline.TransformSparse(texts);

        Assert.True(pipeline.GivesSparse);
        Assert.Equal([0.5, 1.0], rows.Sparse!.ValuesOf(0).ToArray());
    }

    [Fact]
    public void Run_ManyRowsIntoAStepThatNeedsZeros_MakesFewRowsDenseAtATime()
    {
        var pipeline = Pickled.Build(Pipeline(
            Hashing(), Pickled.Estimator("sklearn.kernel_approximation", "AdditiveChi2Sampler", ("sample_steps", 1L), ("sample_interval", 0.8))));
        using var texts = Texts([.. Enumerable.Repeat("foo", 3)]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var output = pipeline.Run(Method.Transform, texts);

        Assert.Equal(3 * Columns, output.Length);
        Assert.Equal(3, output.Count(value => value != 0));

        // The output and at most one dense block; three rows dense at once would be three of each.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (3 * Columns * 8) + (2 * Columns * 8));
    }

    [Fact]
    public void Transform_UnionOfTextAndColumns_PutsPartsSideBySide()
    {
        var union = Pickled.Build(Pickled.Estimator("sklearn.pipeline", "FeatureUnion", ("transformer_list", new List<object?>
        {
            new PickleTuple(["a", Count("foo", "ab")]), new PickleTuple(["b", Count("ab", "x")]), new PickleTuple(["c", "drop"]),
        }), ("transformer_weights", Weights("b", 0.5))));
        using var texts = Texts("foo ab ab", "x1 foo");

        Assert.Equal(RowForm.Document, union.RowForm);
        Assert.Equal([1, 2, 1, 0, 1, 0, 0, 0], union.Run(Method.Transform, texts));
    }

    [Fact]
    public void Run_InverseTransform_GoesBackThroughEveryStep()
    {
        var pipeline = Pickled.Build(Pipeline(Scaler(2, 8), Scaler(1, 0.5)));
        using var rows = Rows.Of([5, -1]);

        using var forth = FeatureBatch.Wrap(pipeline.Run(Method.Transform, rows), 2);

        Assert.Equal([5, -1], pipeline.Run(Method.InverseTransform, forth));
    }

    [Fact]
    public void Methods_LastStepPassesThrough_IsATransformerOnly()
    {
        var pipeline = Pickled.Build(Pickled.Estimator("sklearn.pipeline", "Pipeline", ("steps", new List<object?>
        {
            new PickleTuple(["k", KMeans()]), new PickleTuple(["p", "passthrough"]),
        })));

        Assert.Equal([Method.Transform], pipeline.Methods);
    }

    private static PickleObject KMeans() => Pickled.Estimator(
        "sklearn.cluster._kmeans", "KMeans", ("n_features_in_", 1L), ("cluster_centers_", Pickled.Array([1, 2], 2, 1)));

    private static PickleObject Scaler(double mean, double scale) => Pickled.Estimator(
        "sklearn.preprocessing._data", "StandardScaler",
        ("n_features_in_", 2L), ("mean_", Pickled.Vector(mean, mean)), ("scale_", Pickled.Vector(scale, scale)));

    private static PickleObject Hashing() =>
        Pickled.Estimator(Text, "HashingVectorizer", ("n_features", Columns), ("norm", null), ("alternate_sign", false));

    private static PickleObject Pipeline(params PickleObject[] steps) => Pickled.Estimator(
        "sklearn.pipeline", "Pipeline", ("steps", new List<object?>(steps.Select((step, i) => new PickleTuple([$"s{i}", step])))));

    private static PickleObject Count(params string[] vocabulary) =>
        Pickled.Estimator(Text, "CountVectorizer", ("vocabulary", new List<object?>(vocabulary)), ("token_pattern", @"\w+"));

    private static PickleDict Weights(string name, double weight)
    {
        var weights = new PickleDict();
        weights.Set(name, weight);
        return weights;
    }

    private static FeatureBatch Texts(params string[] texts)
    {
        var batch = FeatureBatch.Rent(texts.Length, 1, withTexts: true);
        for (var row = 0; row < texts.Length; row++)
        {
            batch.SetText(row, 0, texts[row]);
        }

        return batch;
    }
}
