using System.Globalization;
using System.IO.Compression;
using System.Text;
using Flama.Boosters.LightGbm;
using Flama.Tests;

namespace Flama.LightGbm.Oracle;

/// <summary>Answers next to those of the real LightGBM 4.7, for models that it trains here and for those of the fixtures.</summary>
public sealed class LightGbmOracleTests
{
    // Sums are the same to the last bit; the exponential function of two libraries may differ in it.
    private const double Tolerance = 1e-14;

    public static TheoryData<string> Parameters() =>
    [
        "objective=regression", "objective=regression reg_sqrt=true", "objective=regression_l1", "objective=huber", "objective=fair", "objective=quantile alpha=0.3",
        "objective=mape", "objective=poisson", "objective=gamma", "objective=tweedie", "objective=binary", "objective=binary sigmoid=2.5",
        "objective=multiclass num_class=4", "objective=multiclassova num_class=4", "objective=cross_entropy", "objective=cross_entropy_lambda",
        "objective=lambdarank", "objective=rank_xendcg",
        "objective=regression categorical_feature=3", "objective=binary categorical_feature=3 max_cat_to_onehot=64", "objective=multiclass num_class=4 categorical_feature=3",
        "objective=regression use_missing=false categorical_feature=3", "objective=regression zero_as_missing=true", "objective=binary zero_as_missing=true categorical_feature=3",
        "objective=regression linear_tree=true", "objective=binary linear_tree=true linear_lambda=0.1 categorical_feature=3", "objective=multiclass num_class=4 linear_tree=true",
        "objective=regression boosting=rf bagging_freq=1 bagging_fraction=0.7 feature_fraction=0.8", "objective=binary boosting=rf bagging_freq=1 bagging_fraction=0.7",
        "objective=multiclass num_class=4 boosting=rf bagging_freq=1 bagging_fraction=0.7", "objective=poisson boosting=rf bagging_freq=1 bagging_fraction=0.7",
        "objective=regression boosting=dart drop_rate=0.5", "objective=binary data_sample_strategy=goss", "objective=regression extra_trees=true num_leaves=63 min_data_in_leaf=3",
        "objective=regression monotone_constraints=1,0,0,0,-1,0", "objective=binary boost_from_average=false path_smooth=2", "objective=regression num_leaves=2",
    ];

    public static TheoryData<string, string> Golden()
    {
        TheoryData<string, string> cases = [];
        var archives = SharedFixtures.List("golden/lightgbm", "*.zip").Select(path => SharedFixtures.PathOf(path)!).Prepend(Fixtures.PathOf("boosters", "lightgbm-3.3-to-4.7.zip"));
        foreach (var archive in archives)
        {
            using var zip = ZipFile.OpenRead(archive);
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith("/model.txt", StringComparison.Ordinal)))
            {
                cases.Add(archive, entry.FullName);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Predict_OfModelTrainedHere_IsWhatLightGbmPredicts(string parameters)
    {
        NativeLightGbm.SkipWithoutLibrary();
        var rows = TrainingData.Rows();
        var text = NativeLightGbm.Train(rows, TrainingData.Columns, LabelsFor(parameters, TrainingData.Targets(rows)), parameters, rounds: 30, GroupsFor(parameters));

        AssertSame(text, TrainingData.Strange(rows), TrainingData.Columns);
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Predict_OfGoldenText_IsWhatLightGbmPredicts(string archive, string entry)
    {
        NativeLightGbm.SkipWithoutLibrary();
        var text = TextOf(archive, entry);
        var columns = 1 + int.Parse(LineOf(text, "max_feature_idx="), CultureInfo.InvariantCulture);
        Random random = new(5);
        double[] odd = [double.NaN, 0, -0.0, 1e-36, -1, 0.5, 1, 2, 3, 7, 1e20, double.PositiveInfinity];
        var rows = new double[1000 * columns];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = random.Next(4) == 0 ? odd[random.Next(odd.Length)] : (random.NextDouble() * 20) - 10;
        }

        AssertSame(text, rows, columns);
    }

    private static void AssertSame(string text, double[] rows, int columns)
    {
        // The library takes the numbers of categories; their names are Python's business.
        var lines = text.Split('\n').Where(line => !line.StartsWith("pandas_categorical", StringComparison.Ordinal));
        ModelSource source = new("model.txt", ModelFormats.LightGbmText, ModelPayload.FromMemory(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

        var expected = NativeLightGbm.Predict(text, rows, columns);
        using var model = new LightGbmEngine().Load(source, LoadOptions.Default);
        using var batch = FeatureBatch.Wrap(rows, columns);
        using var answer = model.Predict(batch);

        var actual = answer.Batch.Values;
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i]))) && !expected[i].Equals(actual[i]))
            {
                var row = i * (rows.Length / columns) / expected.Length;
                Assert.Fail($"Row {row} [{string.Join(", ", rows[(row * columns)..((row + 1) * columns)])}]: {actual[i]:R}, and LightGBM {expected[i]:R}.");
            }
        }
    }

    private static float[] LabelsFor(string parameters, double[] targets) => Array.ConvertAll(targets, target => (float)(
        parameters.Contains("binary", StringComparison.Ordinal) ? (target > 0.5 ? 1 : 0)
        : parameters.Contains("cross_entropy", StringComparison.Ordinal) ? 1 / (1 + Math.Exp(-target))
        : parameters.Contains("multiclass", StringComparison.Ordinal) || parameters.Contains("rank", StringComparison.Ordinal) ? Math.Clamp((int)target, 0, 3)
        : parameters.Contains("poisson", StringComparison.Ordinal) || parameters.Contains("gamma", StringComparison.Ordinal)
            || parameters.Contains("tweedie", StringComparison.Ordinal) ? Math.Exp(target / 3)
        : target));

    private static int[] GroupsFor(string parameters) =>
        parameters.Contains("rank", StringComparison.Ordinal) ? [.. Enumerable.Repeat(10, TrainingData.Count / 10)] : [];

    private static string TextOf(string archive, string entry)
    {
        using var zip = ZipFile.OpenRead(archive);
        using StreamReader reader = new(zip.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    private static string LineOf(string text, string start) =>
        text.Split('\n').First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].Trim();
}
