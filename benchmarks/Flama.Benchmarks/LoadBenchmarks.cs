using BenchmarkDotNet.Attributes;

namespace Flama.Benchmarks;

/// <summary>From a package on disk to a model that can predict.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    [Params("xor", "churn")]
    public string Name { get; set; } = "";

    [Benchmark]
    public int Load()
    {
        using var model = Models.Load(Name);
        return model.Methods.Count;
    }
}
