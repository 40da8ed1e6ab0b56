using Flama.Packaging;
using Flama.Tests;

namespace Flama.Sklearn.Tests;

public sealed class SklearnModelTests
{
    [Fact]
    public void Invoke_ManyRowsOnSeveralThreads_EqualsOneByOne()
    {
        using var model = Load("flm/churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
        using var batch = ManyRows(model, 1_111);
        var method = model.GetMethod(ModelMethod.PredictProba);

        using var parallel = method.Invoke(batch, new InvokeOptions(4));

        for (var row = 0; row < batch.Rows; row++)
        {
            using var single = method.Invoke(batch.Slice(row, 1));
            Assert.Equal(single.Batch.Values.ToArray(), parallel.Batch.Row(row).ToArray());
        }
    }

    [Fact]
    public void Invoke_BadRowInALaterBlock_IsToldByTheCallersRow()
    {
        using var model = Load("flm/xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
        using var batch = FeatureBatch.Wrap([.. Enumerable.Repeat(0.5, 2_000)], 2);
        batch.SetNumber(700, 1, double.NaN);

        var error = Assert.Throws<FlamaException>(() => model.Predict(batch, new InvokeOptions(4)));

        Assert.Equal("Row 700, feature 1: the value is missing, and the model takes no missing values here (MLPClassifier).", error.Message);
        Assert.Equal((700, 1), (error.Problems[0].Row, error.Problems[0].Feature));
    }

    [Fact]
    public void Invoke_BadTextInsideColumnTransformer_IsToldByTheCallersFeature()
    {
        using var model = Load("flm/churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
        using var batch = ManyRows(model, 2);
        batch.SetText(1, 6, "abc");

        var error = Assert.Throws<FlamaException>(() => model.Predict(batch));

        Assert.Equal((1, 6), (error.Problems[0].Row, error.Problems[0].Feature));
        Assert.Contains("\"abc\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Signature_OfChurn_SaysWhatEachFeatureTakes()
    {
        using var model = Load("flm/churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

        var features = model.RowsSpec().Features;

        Assert.Equal(13, features.Count);
        Assert.False(features[0].IsUsed);
        Assert.Equal(FeatureKind.Number, features[3].Kind);
        Assert.True(features[3].AllowsMissing && features[3].ParsesText);
        Assert.Equal(FeatureKind.Any, features[4].Kind);
        Assert.Equal([Scalar.Of(0), Scalar.Of(1)], model.Classes[0].Labels);
    }

    [Fact]
    public void Metadata_OfBareFile_HasParametersAndTheSameIdEachTime()
    {
        using var package = ModelPackage.Open(Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm"));
        var source = package.ReadModel() with { Framework = null, Metadata = null };

        using var first = new SklearnEngine().Load(source, LoadOptions.Default);
        using var second = new SklearnEngine().Load(source, LoadOptions.Default);

        Assert.Equal("MLPClassifier", first.Metadata.ModelClass);
        Assert.Equal("1.4.2", first.Metadata.FrameworkVersion);
        Assert.Equal("tanh", first.Metadata.Info!.Value.GetProperty("activation").GetString());
        Assert.Equal(first.Metadata.Id, second.Metadata.Id);
    }

    private static Model Load(string path)
    {
        using var package = ModelPackage.Open(Fixtures.PathOf(path));
        return new SklearnEngine().Load(package.ReadModel(), LoadOptions.Default);
    }

    private static FeatureBatch ManyRows(Model model, int count)
    {
        using var golden = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("flm", "churn__sk1.4.2.golden.json")));
        var rows = golden.RootElement.GetProperty("rows").GetProperty("input").EnumerateArray().Select(row => row.GetRawText()).ToArray();
        var json = $"[{string.Join(",", Enumerable.Range(0, count).Select(i => rows[i % rows.Length]))}]";
        return new Flama.Json.FeatureReader(model.RowsSpec()).ReadRows(System.Text.Encoding.UTF8.GetBytes(json));
    }
}
