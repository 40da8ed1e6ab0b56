using System.Globalization;
using System.Text;
using Flama.Boosters.CatBoost;

namespace Flama.Benchmarks;

/// <summary>A CatBoost model of numbers made at random: time depends on its size alone.</summary>
internal static class SyntheticCatBoost
{
    private const int Features = 20;
    private const int Borders = 128;

    /// <summary>The name that the command line knows it by.</summary>
    public const string Name = "catboost";

    /// <summary>Makes and loads a model of symmetric trees.</summary>
    public static Model Load(int trees = 500, int depth = 6)
    {
        var random = new Random(1);
        var borders = Join(Borders, i => ((i + 0.5) / Borders).ToString(CultureInfo.InvariantCulture));
        var features = Join(Features, i => $$"""{"feature_index":{{i}},"flat_feature_index":{{i}},"nan_value_treatment":"AsIs","borders":[{{borders}}]}""");
        var forest = Join(trees, _ =>
        {
            var splits = Join(depth, _ => $$"""{"split_index":{{random.Next(Features * Borders)}}}""");
            var leaves = Join(1 << depth, _ => (random.NextDouble() - 0.5).ToString("R", CultureInfo.InvariantCulture));
            return $$"""{"splits":[{{splits}}],"leaf_values":[{{leaves}}]}""";
        });
        var json = $$"""{"features_info":{"float_features":[{{features}}]},"oblivious_trees":[{{forest}}],"scale_and_bias":[1,[0]]}""";
        return new CatBoostEngine().Load(new(Name, ModelFormats.CatBoostJson, ModelPayload.FromMemory(Encoding.UTF8.GetBytes(json))), LoadOptions.Default);
    }

    /// <summary>Rows at random.</summary>
    public static FeatureBatch Rows(int count)
    {
        var random = new Random(2);
        return FeatureBatch.Wrap([.. Enumerable.Range(0, count * Features).Select(_ => random.NextDouble())], Features);
    }

    private static string Join(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));
}
