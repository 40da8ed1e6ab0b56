using System.Diagnostics;
using System.Globalization;
using System.Text;
using Flama.Tests;

namespace Flama.Benchmarks;

/// <summary>Microseconds per row of the models that are trees, on one thread, for one row and for batches.</summary>
/// <remarks>The fastest of several short runs: what else the machine does only makes runs longer.</remarks>
internal static class TreeTable
{
    private const int Trees = 100;
    private const int Depth = 6;
    private const int Columns = 20;

    private static readonly int[] Sizes = [1, 1_000, 100_000];
    private static readonly TimeSpan Run = TimeSpan.FromMilliseconds(3);

    /// <summary>Prints the table.</summary>
    /// <param name="runs">Runs per number.</param>
    public static void Print(int runs)
    {
        Console.WriteLine($"{"us per row",-22} {string.Join(' ', Sizes.Select(size => $"{size,10}"))}");
        foreach (var (name, source) in Sources())
        {
            using var model = new ModelEngines().AddManaged().Load(source);
            var method = model.GetMethod(model.FindMethod("predict_proba") is null ? ModelMethod.Predict : "predict_proba");
            var columns = ((TableSpec)method.Input).Features.Count;
            var times = Sizes.Select(size => Time(method, Batch(size, columns), runs) / size);
            Console.WriteLine($"{name,-22} {string.Join(' ', times.Select(time => time.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(10)))}");
        }
    }

    private static IEnumerable<(string Name, ModelSource Source)> Sources()
    {
        foreach (var name in new[] { "randomforest2", "gradientboosting3", "histgradientboosting4", "xgboost11" })
        {
            yield return (name, new(name, ModelFormats.Pickle, ModelPayload.FromMemory(File.ReadAllBytes(Fixtures.PathOf("sklearn-speed", $"{name}.pkl")))));
        }

        yield return ($"xgboost {Trees} x {Depth}", new("made", ModelFormats.XGBoostJson, ModelPayload.FromMemory(XGBoost())));
        yield return ($"lightgbm {Trees} x {Depth}", new("made", ModelFormats.LightGbmText, ModelPayload.FromMemory(LightGbm())));
    }

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
            var watch = Stopwatch.StartNew();
            do
            {
                method.Invoke(batch, options).Dispose();
                rounds++;
            }
            while (watch.Elapsed < Run);
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / rounds);
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

    private static byte[] XGBoost()
    {
        Random random = new(2);
        const int Nodes = (2 << Depth) - 1;
        const int Splits = Nodes / 2;
        var all = Enumerable.Range(0, Nodes).ToList();
        var trees = Enumerable.Range(0, Trees).Select(tree => $$"""
            {"id":{{tree}},"left_children":[{{List(all.Select(node => node < Splits ? (2 * node) + 1 : -1), ',')}}],
             "right_children":[{{List(all.Select(node => node < Splits ? (2 * node) + 2 : -1), ',')}}],
             "split_indices":[{{List(all.Select(node => node < Splits ? random.Next(Columns) : 0), ',')}}],
             "split_conditions":[{{List(all.Select(node => Threshold(random) / (node < Splits ? 1 : 10)), ',')}}],
             "default_left":[{{List(Enumerable.Repeat(0, Nodes), ',')}}],"tree_param":{"num_nodes":"{{Nodes}}"} }
            """);
        return Encoding.UTF8.GetBytes($$"""
            {"learner":{"attributes":{},"gradient_booster":{"name":"gbtree","model":
              {"tree_info":[{{List(Enumerable.Repeat(0, Trees), ',')}}],"trees":[{{string.Join(',', trees)}}] } },
             "learner_model_param":{"base_score":"0","num_class":"0","num_feature":"{{Columns}}"},"objective":{"name":"reg:squarederror"} },"version":[3,0,5]}
            """);
    }
}
