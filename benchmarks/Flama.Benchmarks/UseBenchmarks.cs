using BenchmarkDotNet.Attributes;
using Flama.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Benchmarks;

/// <summary>One row of churn in the ways a program can ask: the model itself, arrays, records, and a model of dependency injection.</summary>
/// <remarks>The classifier's columns have no names, so that records are bound by the columns' numbers.</remarks>
[MemoryDiagnoser]
public class UseBenchmarks
{
    private readonly object?[][] cells = [["10000", "15628319", "Walker", 792.0, "France", "Female", 28.0, 4.0, 130142.79, 1.0, 1.0, 0.0, 38190.78]];
    private readonly Customer record = new("10000", "15628319", "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78);
    private LoadedModel model = null!;
    private ModelMethod predict = null!;
    private FeatureBatch batch = null!;
    private ServiceProvider services = null!;
    private ServedModel served = null!;

    [GlobalSetup]
    public void Setup()
    {
        var path = Models.PathOf("churn");
        model = FlamaModel.Load(path);
        predict = model.Model.GetMethod(ModelMethod.Predict);
        batch = Models.Batch("churn", 1, model.Model);
        ServiceCollection collection = new();
        collection.AddLogging();
        collection.AddFlama().AddModel("churn", path);
        services = collection.BuildServiceProvider();
        served = services.GetRequiredKeyedService<ServedModel>("churn");
        served.Acquire().Dispose();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        batch.Dispose();
        model.Dispose();
        services.Dispose();
    }

    [Benchmark]
    public double BatchThatIsThere()
    {
        using var output = predict.Invoke(batch);
        return output.Batch.Row(0)[0];
    }

    [Benchmark(Baseline = true)]
    public string Arrays() => model.PredictLabels(cells)[0];

    [Benchmark]
    public string Record() => model.PredictOne<Customer, string>(record);

    [Benchmark]
    public string KeyedArrays() => served.PredictLabels(cells)[0];

    [Benchmark]
    public string KeyedRecord() => served.PredictOne<Customer, string>(record);

    [Benchmark]
    public double ArraysTwoMethods()
    {
        _ = model.PredictLabels(cells)[0];
        return model.PredictProbabilities(cells)[0]["1"];
    }

    [Benchmark]
    public double RecordTwoMethods() => model.PredictOne<Customer, Answer>(record).Leaves;

    public sealed record Answer(string Label, [property: Probability("1")] double Leaves);

    public sealed record Customer(
        [property: Feature(0)] string Row,
        [property: Feature(1)] string Id,
        [property: Feature(2)] string Name,
        [property: Feature(3)] double CreditScore,
        [property: Feature(4)] string Country,
        [property: Feature(5)] string Gender,
        [property: Feature(6)] double Age,
        [property: Feature(7)] double Tenure,
        [property: Feature(8)] double Balance,
        [property: Feature(9)] double Products,
        [property: Feature(10)] double HasCard,
        [property: Feature(11)] double IsActive,
        [property: Feature(12)] double Salary);
}
