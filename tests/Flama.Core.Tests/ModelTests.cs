using System.Text.Json;

namespace Flama.Tests;

public class ModelTests
{
    [Fact]
    public void GetMethod_UnknownName_SaysWhatThereIs()
    {
        using var model = new Doubler();

        var failure = Assert.Throws<FlamaException>(() => model.GetMethod("predict_proba"));

        Assert.Equal(ErrorCodes.MethodNotAvailable, failure.Code);
        Assert.Equal("Doubler has no method 'predict_proba'.", failure.Message);
        Assert.Equal("It has: predict.", failure.Remedy);
    }

    [Fact]
    public void Predict_Rows_InvokesTheMethod()
    {
        using var model = new Doubler();
        using var input = FeatureBatch.Wrap([1, 2], 1);

        using var output = model.Predict(input);

        Assert.Equal([2, 4], output.Batch.Values.ToArray());
    }

    [Fact]
    public void InvokeOptions_NoThreads_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InvokeOptions(0));
    }

    [Fact]
    public void Load_FrameworkWithoutEngine_NamesTheEngines()
    {
        var engines = new ModelEngines().Add(new Engine("sklearn"));

        var failure = Assert.Throws<FlamaException>(() => engines.Load(new("m.flm", default) { Framework = "torch" }));

        Assert.Equal(ErrorCodes.UnsupportedFramework, failure.Code);
        Assert.Equal("'m.flm' was made with torch, and this framework has no engine yet.", failure.Message);
        Assert.StartsWith("Engines here: sklearn.", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BareFile_AsksTheEngines()
    {
        var engines = new ModelEngines().Add(new Engine("a")).Add(new Engine("b"));

        using var model = engines.Load(new("m", "b..."u8.ToArray()));
        var failure = Assert.Throws<FlamaException>(() => engines.Load(new("m", "x"u8.ToArray())));

        Assert.IsType<Doubler>(model);
        Assert.Equal(ErrorCodes.NotAModel, failure.Code);
    }

    [Fact]
    public void Add_SameNameTwice_Throws()
    {
        var engines = new ModelEngines().Add(new Engine("a"));

        Assert.Throws<ArgumentException>(() => engines.Add(new Engine("a")));
    }

    private sealed class Engine(string name) : IModelEngine
    {
        public string Name => name;

        public bool Recognizes(ReadOnlySpan<byte> payload) => payload.Length > 0 && payload[0] == name[0];

        public Model Load(ModelSource source) => new Doubler();
    }

    private sealed class Doubler : Model
    {
        public override ModelMetadata Metadata { get; } = new(JsonDocument.Parse(
            """{"id":"d","timestamp":"t","framework":{"lib":"test","version":"1"},"model":{"obj":"Doubler"}}""").RootElement);

        public override IReadOnlyList<ModelMethod> Methods { get; } =
        [
            new TableMethod(
                ModelMethod.Predict,
                new TableSpec([new(FeatureKind.Number)]),
                [OutputSpec.OfRows(PredictionKind.Float)],
                (FeatureBatch input, in InvokeOptions _) =>
                {
                    var output = PredictionBatch.RentVector(PredictionKind.Float, input.Rows);
                    for (var row = 0; row < input.Rows; row++)
                    {
                        output.SetValue(row, 0, 2 * input.Row(row)[0]);
                    }

                    return ModelOutput.Of(output);
                }),
        ];
    }
}
