using BenchmarkDotNet.Attributes;

namespace Flama.Benchmarks;

/// <summary>A CatBoost model of 500 symmetric trees of depth 6 over 20 numbers of 128 borders each: rows to raw numbers, on one thread.</summary>
[MemoryDiagnoser]
public class CatBoostBenchmarks
{
    private Model model = null!;
    private FeatureBatch batch = null!;
    private ModelMethod predict = null!;

    [Params(1, 1_000, 100_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        model = SyntheticCatBoost.Load();
        batch = SyntheticCatBoost.Rows(Rows);
        predict = model.GetMethod(ModelMethod.Predict);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        batch.Dispose();
        model.Dispose();
    }

    [Benchmark(Baseline = true)]
    public double Predict()
    {
        using var prediction = predict.Invoke(batch);
        return prediction.Batch.Values[0];
    }
}
