using System.Text.Json;

namespace Flama.Cli.Tests.Commands;

/// <summary>An engine whose models take tensors: sums of pairs by name, and a matrix doubled.</summary>
internal sealed class TensorEngine : IModelEngine
{
    public string Name => "tensors";

    public bool CanLoad(ModelSource source) => source.Format == ModelFormats.Onnx;

    public Model Load(ModelSource source, LoadOptions options) => new TensorModel();

    private sealed class TensorModel : Model
    {
        private static readonly Dimension Batch = new(null, "batch");

        public override ModelMetadata Metadata { get; } = new(JsonDocument.Parse(
            """{"id":"1","timestamp":"2024-01-01T00:00:00","framework":{"lib":"onnx","version":"1"},"model":{"obj":"TensorModel","info":null,"params":null,"metrics":null},"extra":null}""").RootElement);

        public override IReadOnlyList<ModelMethod> Methods { get; } =
        [
            new TensorMethod(
                ModelMethod.Predict,
                new TensorsSpec([new("ids", ElementType.Int64, [Batch]), new("weights", ElementType.Float32, [Batch, new(2)])]),
                [new("sums", ElementType.Float64, [Batch]), new("doubled", ElementType.Int64, [Batch])],
                (TensorInputs inputs, in InvokeOptions _) =>
                {
                    var ids = inputs["ids"].Elements<long>().ToArray();
                    var weights = inputs["weights"].Elements<float>().ToArray();
                    double[] sums = [.. ids.Select((_, i) => (double)weights[2 * i] + weights[(2 * i) + 1])];
                    long[] doubled = [.. ids.Select(id => 2 * id)];
                    return ModelOutput.Named(["sums", "doubled"], [ModelTensor.Of<double>(sums, sums.Length), ModelTensor.Of<long>(doubled, doubled.Length)]);
                }),
            new TensorMethod(
                "transform",
                new TensorsSpec([new("matrix", ElementType.Float64, [Batch, new(2)])]),
                [new("output", ElementType.Float64, [Batch, new(2)])],
                (TensorInputs inputs, in InvokeOptions _) =>
                {
                    double[] doubled = [.. inputs[0].Elements<double>().ToArray().Select(value => 2 * value)];
                    return ModelOutput.Of(ModelTensor.Of<double>(doubled, [.. inputs[0].Shape]));
                }),
        ];
    }
}
