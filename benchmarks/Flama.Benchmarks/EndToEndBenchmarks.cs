using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Flama.Json;

namespace Flama.Benchmarks;

/// <summary>JSON in, JSON out: reading, predicting and writing, as a request does between the sockets.</summary>
[MemoryDiagnoser]
public class EndToEndBenchmarks
{
    private readonly ArrayBufferWriter<byte> output = new(1 << 20);
    private readonly Utf8JsonWriter writer = new(Stream.Null, JsonOutput.Compact);
    private Model model = null!;
    private ModelMethod predict = null!;
    private FeatureReader reader = null!;
    private byte[] json = [];

    [Params("xor", "churn")]
    public string Name { get; set; } = "";

    [Params(1, 1_000, 10_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        model = Models.Load(Name);
        predict = model.GetMethod(ModelMethod.Predict);
        reader = new FeatureReader((TableSpec)model.GetMethod(ModelMethod.Predict).Input);
        json = Models.Rows(Name, Rows);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        writer.Dispose();
        model.Dispose();
    }

    [Benchmark]
    public int JsonToJson()
    {
        output.ResetWrittenCount();
        using var batch = reader.ReadRows(json);
        using var prediction = predict.Invoke(batch);
        writer.Reset(output);
        OutputWriter.Write(writer, prediction);
        writer.Flush();
        return output.WrittenCount;
    }
}
