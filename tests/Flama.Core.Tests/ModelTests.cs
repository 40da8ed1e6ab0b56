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
