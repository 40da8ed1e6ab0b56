using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>A file of each format is packed; the package inspects, predicts and serves as the bare file does, and as Python did.</summary>
public sealed class PackageRoundTripTests : IDisposable
{
    private const string XGBoost = "boosters/xgboost-0.90-to-3.2";
    private const string LightGbm = "boosters/lightgbm-3.3-to-4.7";

    private const string CatBoost = "golden/catboost/catboost-1.2.10";

    private const string NotANumber = """{"$": "nan"}""";

    // Files of XGBoost hold float32, and so do its answers.
    private const double Tolerance = 1e-5;

    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Theory]
    [InlineData(XGBoost, "gblinear_multi_json_3.2.0", "model.json", "xgboost")]
    [InlineData(XGBoost, "wrapper_save_clf_json_1.0.2", "model.json", "xgboost")]
    [InlineData(XGBoost, "wrapper_save_clf_json_3.2.0", "model.json", "xgboost")]
    [InlineData(XGBoost, "cat_onehot_str_ubj_2.0.3", "model.ubj", "xgboost")]
    [InlineData(XGBoost, "cat_onehot_str_ubj_3.2.0", "model.ubj", "xgboost")]
    [InlineData(XGBoost, "wrapper_save_clf_model_1.0.2", "model.model", "xgboost")]
    [InlineData(XGBoost, "wrapper_save_clf_model_2.1.4", "model.model", "xgboost")]
    [InlineData(XGBoost, "rf_reg_joblib_3.2.0", "model.joblib", "xgboost")]
    [InlineData(LightGbm, "zero_as_missing_txt_4.7.0", "model.txt", "lightgbm")]
    [InlineData(LightGbm, "rf_binary_txt_4.7.0", "model.txt", "lightgbm")]
    [InlineData(LightGbm, "clf_strings_pkl_4.7.0", "model.pkl", "lightgbm")]
    [InlineData(CatBoost, "num_nan_max_cbm", "model.cbm", "catboost")]
    [InlineData(CatBoost, "cat_combinations_4_cbm", "model.cbm", "catboost")]
    [InlineData(CatBoost, "cat_borders_reg_3_json", "model.json", "catboost")]
    [InlineData(CatBoost, "labels_str3_cbm", "model.cbm", "catboost")]
    [InlineData(CatBoost, "cat_per_feature_ctr_pkl", "model.pkl", "catboost")]
    [InlineData(CatBoost, "num_lossguide_bin_joblib", "model.joblib", "catboost")]
    public async Task Package_OfBoostersFile_LoadsPredictsAndServes(string archive, string name, string file, string framework)
    {
        using var zip = ZipFile.OpenRead(Fixtures.PathOf($"{archive}.zip"));
        var bare = Path.Combine(directory, file);
        zip.GetEntry($"{name}/{file}")!.ExtractToFile(bare);
        using var stream = zip.GetEntry($"{name}/case.json")!.Open();
        using var golden = JsonDocument.Parse(stream);
        var check = golden.RootElement.GetProperty("checks")[0];
        var input = check.GetProperty("X");
        var rows = input.TryGetProperty("data", out var data) ? data : input.GetProperty("rows");

        var answers = await RoundTripAsync(bare, rows.GetRawText().Replace(NotANumber, "null", StringComparison.Ordinal), framework);

        AssertClose(check.GetProperty("expected").GetProperty("predict").GetProperty("data"), answers);
    }

    [Theory]
    [InlineData("model.pkl", null)]
    [InlineData("model.joblib", "gzip")]
    [InlineData("model.joblib.z", "zlib")]
    public async Task Package_OfPickle_LoadsPredictsAndServes(string file, string? compression)
    {
        var bare = Path.Combine(directory, file);
        await using (var target = Compress(File.Create(bare), compression))
        {
            await using var source = File.OpenRead(Fixtures.PathOf("sklearn-speed", "logisticregression0.pkl"));
            await source.CopyToAsync(target, TestContext.Current.CancellationToken);
        }

        using var rows = JsonDocument.Parse(await File.ReadAllBytesAsync(
            Fixtures.PathOf("sklearn-speed", "logisticregression0.rows.json"), TestContext.Current.CancellationToken));
        var some = rows.RootElement.GetProperty("rows").EnumerateArray().Take(3).Select(row => row.GetRawText());

        var answers = await RoundTripAsync(bare, $"[{string.Join(',', some)}]", "sklearn");

        Assert.Equal(3, answers.GetArrayLength());
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static Stream Compress(FileStream stream, string? compression) => compression switch
    {
        "gzip" => new GZipStream(stream, CompressionLevel.Fastest),
        "zlib" => new ZLibStream(stream, CompressionLevel.Fastest),
        _ => stream,
    };

    private static void AssertClose(JsonElement expected, JsonElement actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                Assert.All(expected.EnumerateArray().Zip(actual.EnumerateArray()), pair => AssertClose(pair.First, pair.Second));
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), actual.GetDouble(), Tolerance * Math.Max(1, Math.Abs(expected.GetDouble())));
                break;
            default:
                Assert.Equal(expected.GetRawText(), actual.GetRawText());
                break;
        }
    }

    private async Task<JsonElement> RoundTripAsync(string bare, string rows, string framework)
    {
        var package = Path.Combine(directory, "packed.flm");

        var packed = await FlamaProcess.RunAsync(["package", bare, "-o", package]);
        var ofBare = await FlamaProcess.RunAsync(["model", bare, "predict"], rows);
        var inspected = await FlamaProcess.RunAsync(["model", package, "inspect"]);
        var ofPackage = await FlamaProcess.RunAsync(["model", package, "predict"], rows);
        await using var server = await FlamaServer.StartAsync([package, "--server-port=0"]);
        using var response = await server.PostAsync("/predict/", $"{{\"input\":{rows}}}");
        using var served = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.True((packed.ExitCode, ofBare.ExitCode) == (0, 0), packed.Error + ofBare.Error);
        using var document = JsonDocument.Parse(inspected.Output);
        Assert.Equal(framework, document.RootElement.GetProperty("meta").GetProperty("framework").GetProperty("lib").GetString());
        Assert.Equal(ofBare.Output, ofPackage.Output);
        using var expected = JsonDocument.Parse(ofBare.Output);
        var answers = served.RootElement.GetProperty("output");
        Assert.True(JsonElement.DeepEquals(expected.RootElement, answers), served.RootElement.GetRawText());
        return answers.Clone();
    }
}
