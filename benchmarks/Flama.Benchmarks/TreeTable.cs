using System.Diagnostics;
using System.Globalization;
using System.Text;
using Flama.Tests;

namespace Flama.Benchmarks;

/// <summary>Microseconds per row of the models that are trees, on one thread, for one row and for batches.</summary>
/// <remarks>Time of the processor, in the fastest of several short runs: what else the machine does only makes runs longer.</remarks>
internal static class TreeTable
{
    private const int Trees = 100;
    private const int Depth = 6;
    private const int LargeDepth = 12;
    private const int Columns = 20;

    private static readonly int[] Sizes = [1, 1_000, 100_000];
    private static readonly TimeSpan Run = TimeSpan.FromMilliseconds(3);

    /// <summary>Prints the table.</summary>
    /// <param name="runs">Runs per number.</param>
    /// <param name="part">Part of the names of the models to take; empty for all.</param>
    public static void Print(int runs, string part)
    {
        Console.WriteLine($"{"us per row",-22} {string.Join(' ', Sizes.Select(size => $"{size,10}"))}");
        foreach (var (name, load) in Models().Where(model => model.Name.Contains(part, StringComparison.Ordinal)))
        {
            using var model = load();
            var method = model.GetMethod(model.FindMethod("predict_proba") is null ? ModelMethod.Predict : "predict_proba");
            var columns = ((TableSpec)method.Input).Features.Count;
            var times = Sizes.Select(size => Time(method, Batch(size, columns), runs) / size);
            Console.WriteLine($"{name,-22} {string.Join(' ', times.Select(time => time.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(10)))}");
        }
    }

    private static IEnumerable<(string Name, Func<Model> Load)> Models()
    {
        foreach (var name in new[] { "randomforest2", "gradientboosting3", "histgradientboosting4", "xgboost11" })
        {
            yield return (name, () => Load(ModelFormats.Pickle, File.ReadAllBytes(Fixtures.PathOf("sklearn-speed", $"{name}.pkl"))));
        }

        yield return ($"xgboost {Trees} x {Depth}", () => Load(ModelFormats.XGBoostJson, XGBoost(Depth)));
        yield return ($"xgboost {Trees} x {LargeDepth}", () => Load(ModelFormats.XGBoostJson, XGBoost(LargeDepth)));
        yield return ($"lightgbm {Trees} x {Depth}", () => Load(ModelFormats.LightGbmText, LightGbm()));
        yield return ("catboost 500 x 6", () => SyntheticCatBoost.Load());
    }

    private static Model Load(ModelFormat format, byte[] file) => new ModelEngines().AddManaged().Load(new("made", format, ModelPayload.FromMemory(file)));

    private static FeatureBatch Batch(int rows, int columns)
    {
        Random random = new(1);
        var cells = new double[rows * columns];
        foreach (ref var cell in cells.AsSpan())
        {
            cell = (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
        }

        return FeatureBatch.Wrap(cells, columns);
    }

    private static double Time(ModelMethod method, FeatureBatch batch, int runs)
    {
        InvokeOptions options = new(1);
        var best = double.MaxValue;

        // Runs of many rows are long by themselves.
        runs = batch.Rows > Sizes[1] ? Math.Max(3, runs / 20) : runs;
        for (var run = 0; run < runs; run++)
        {
            var rounds = 0;
            var processor = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            do
            {
                method.Invoke(batch, options).Dispose();
                rounds++;
            }
            while (watch.Elapsed < Run);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / rounds);
        }

        return best;
    }

    private static double Threshold(Random random) => (random.NextDouble() - 0.5) * 2;

    private static string List<T>(IEnumerable<T> items, char separator) => string.Join(separator, items.Select(item => FormattableString.Invariant($"{item}")));

    private static byte[] LightGbm()
    {
        Random random = new(2);
        const int Splits = (1 << Depth) - 1;
        var trees = Enumerable.Range(0, Trees).Select(tree => $"""
            Tree={tree}
            num_leaves={Splits + 1}
            num_cat=0
            split_feature={List(Enumerable.Range(0, Splits).Select(_ => random.Next(Columns)), ' ')}
            threshold={List(Enumerable.Range(0, Splits).Select(_ => Threshold(random)), ' ')}
            decision_type={List(Enumerable.Repeat(2, Splits), ' ')}
            left_child={List(Enumerable.Range(0, Splits).Select(node => Child((2 * node) + 1)), ' ')}
            right_child={List(Enumerable.Range(0, Splits).Select(node => Child((2 * node) + 2)), ' ')}
            leaf_value={List(Enumerable.Range(0, Splits + 1).Select(_ => Threshold(random) / 10), ' ')}
            shrinkage=1


            """).ToList();
        return Encoding.UTF8.GetBytes($"""
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            max_feature_idx={Columns - 1}
            objective=regression
            tree_sizes={List(trees.Select(tree => tree.Length), ' ')}

            {string.Concat(trees)}
            end of trees

            """);

        static int Child(int node) => node < Splits ? node : ~(node - Splits);
    }

    private static byte[] XGBoost(int depth)
    {
        Random random = new(2);
        var count = (2 << depth) - 1;
        var splits = count / 2;
        var all = Enumerable.Range(0, count).ToList();
        var trees = Enumerable.Range(0, Trees).Select(tree => $$"""
            {"id":{{tree}},"left_children":[{{List(all.Select(node => node < splits ? (2 * node) + 1 : -1), ',')}}],
             "right_children":[{{List(all.Select(node => node < splits ? (2 * node) + 2 : -1), ',')}}],
             "split_indices":[{{List(all.Select(node => node < splits ? random.Next(Columns) : 0), ',')}}],
             "split_conditions":[{{List(all.Select(node => Threshold(random) / (node < splits ? 1 : 10)), ',')}}],
             "default_left":[{{List(Enumerable.Repeat(0, count), ',')}}],"tree_param":{"num_nodes":"{{count}}"} }
            """);
        return Encoding.UTF8.GetBytes($$"""
            {"learner":{"attributes":{},"gradient_booster":{"name":"gbtree","model":
              {"tree_info":[{{List(Enumerable.Repeat(0, Trees), ',')}}],"trees":[{{string.Join(',', trees)}}] } },
             "learner_model_param":{"base_score":"0","num_class":"0","num_feature":"{{Columns}}"},"objective":{"name":"reg:squarederror"} },"version":[3,0,5]}
            """);
    }
}
