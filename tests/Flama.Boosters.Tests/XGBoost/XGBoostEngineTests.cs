using System.Text;
using Flama.Boosters.XGBoost;
using Flama.Tests;
using static Flama.Tests.XGBoostSource;

namespace Flama.Boosters.Tests.XGBoost;

public sealed class XGBoostEngineTests
{
    [Fact]
    public void Load_BoostersFile_NamesLibraryVersionFeaturesAndExamples()
    {
        var bytes = Encoding.UTF8.GetBytes(Document(OneTree(), learner: "\"feature_names\":[\"size\",\"weight\"]"));
        var engine = new XGBoostEngine();

        using var model = engine.Load(Source(bytes), LoadOptions.Default);

        Assert.True(engine.CanLoad(Source(bytes)));
        Assert.Equal("xgboost", model.Metadata.Framework);
        Assert.Equal("3.1.0", model.Metadata.FrameworkVersion);
        Assert.Equal("Booster", model.Metadata.ModelClass);
        Assert.Equal("reg:squarederror", model.Metadata.Info!.Value.GetProperty("objective").GetString());
        Assert.Equal(["size", "weight"], model.RowsSpec().Features.Select(feature => feature.Name));
        Assert.Equal(0.5, model.RowsSpec().Features[0].Example!.Value.Number);
        Assert.Null(model.RowsSpec().Features[1].Example);
        Assert.All(model.RowsSpec().Features, feature => Assert.True(feature.AllowsMissing));
        Assert.Equal(["predict"], model.Methods.Select(method => method.Name));
    }

    [Theory]
    [InlineData("classifier", "XGBClassifier", "predict predict_proba apply")]
    [InlineData("regressor", "XGBRegressor", "predict apply")]
    [InlineData("ranker", "XGBRanker", "predict apply")]
    [InlineData("sorter", "Booster", "predict")]
    public void Load_WrappersFile_IsThatWrapper(string kind, string expected, string methods)
    {
        var note = $"{{\\\"_estimator_type\\\": \\\"{kind}\\\", \\\"missing\\\": NaN, \\\"n_estimators\\\": 3}}";
        var text = Document(OneTree(), "binary:logistic", "5E-1").Replace("\"attributes\":{}", $"\"attributes\":{{\"scikit_learn\":\"{note}\"}}", StringComparison.Ordinal);

        using var model = new XGBoostEngine().Load(Source(Encoding.UTF8.GetBytes(text)), LoadOptions.Default);

        Assert.Equal(expected, model.Metadata.ModelClass);
        Assert.Equal("xgboost", model.Metadata.Framework);
        Assert.Equal(methods, string.Join(' ', model.Methods.Select(method => method.Name)));
    }

    [Theory]
    [InlineData("binf\0\0\0?")]
    [InlineData("CONFIG-offset:\0\0")]
    public void Load_OldBinaryFormThatEndsTooEarly_SaysTheWayOut(string start)
    {
        var bytes = Encoding.Latin1.GetBytes(start);
        var engine = new XGBoostEngine();
        ModelSource source = new("model.bin", ModelFormats.XGBoostBinary, ModelPayload.FromMemory(bytes));

        var error = Assert.Throws<FlamaException>(() => engine.Load(source, LoadOptions.Default));

        Assert.True(engine.CanLoad(source));
        Assert.Equal(ErrorCodes.Truncated, error.Code);
        Assert.Contains("save_model('model.json')", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"learner\":", "corrupt")]
    [InlineData("{\"learner\":1}", "invalid_model")]
    [InlineData("{\"version\":[1]}", "invalid_model")]
    [InlineData("{\"learner\":{}}", "invalid_model")]
    public void Load_DamagedDocument_FailsWithATypedError(string text, string code)
    {
        var error = Assert.Throws<FlamaException>(() => new XGBoostEngine().Load(Source(Encoding.UTF8.GetBytes(text)), LoadOptions.Default));

        Assert.Equal(code, error.Code.Name);
    }

    private static ModelSource Source(byte[] bytes) => new("model.json", ModelFormats.XGBoostJson, ModelPayload.FromMemory(bytes));
}
