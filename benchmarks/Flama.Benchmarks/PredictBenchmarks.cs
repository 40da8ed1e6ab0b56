using BenchmarkDotNet.Attributes;

namespace Flama.Benchmarks;

/// <summary>The computation alone: rows that were read to answers that were not written yet.</summary>
[MemoryDiagnoser]
public class PredictBenchmarks
{
    private Model model = null!;
    private FeatureBatch batch = null!;
    private ModelMethod predict = null!;
    private ModelMethod predictProba = null!;

    [Params("xor", "churn")]
    public string Name { get; set; } = "";

    [Params(1, 1_000, 10_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        model = Models.Load(Name);
        batch = Models.Batch(Name, Rows, model);
        predict = model.GetMethod(ModelMethod.Predict);
        predictProba = model.GetMethod(ModelMethod.PredictProba);
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

    [Benchmark]
    public double PredictProba()
    {
        using var prediction = predictProba.Invoke(batch);
        return prediction.Batch.Values[0];
    }
}
