using System.Text.Json;
using Flama.Schemas;

namespace Flama.Tests.Schemas;

/// <summary>Loads a model of three features, whose answers are given.</summary>
internal sealed class SchemaEngine(params double[] answers) : IModelEngine
{
    public static readonly TableSpec Spec = new(
        [
            new(FeatureKind.Number) { Name = "age", AllowsMissing = true, AllowsInfinity = true },
            new(FeatureKind.Any) { Name = "plan", AllowsMissing = true },
            new(FeatureKind.Any) { Name = "unused", IsUsed = false },
        ]);

    public string Name => "test";

    public bool CanLoad(ModelSource source) => true;

    public Model Load(ModelSource source, LoadOptions options) => new Answers(answers);

    /// <summary>Loads the model with a schema.</summary>
    public static Model Load(string? schema, LoadOptions? options = null, params double[] answers)
    {
        options ??= new();
        return new ModelEngines().Add(new SchemaEngine(answers)).Load(
            new ModelSource("m", ModelFormats.Pickle, ModelPayload.FromMemory(new byte[1])),
            schema is null ? options : options with { Schema = ModelSchema.Parse(JsonDocument.Parse(schema).RootElement) });
    }

    private sealed class Answers(double[] answers) : Model
    {
        public override ModelMetadata Metadata { get; } = new(JsonDocument.Parse(
            """{"id":"1","timestamp":"2024-01-01T00:00:00","framework":{"lib":"sklearn","version":"1"},"model":{"obj":"Test"}}""").RootElement);

        public override IReadOnlyList<ModelMethod> Methods => [.. new[] { "predict", "predict_proba", "inverse_transform" }.Select(name => new TableMethod(
            name,
            Spec,
            [OutputSpec.OfRows(PredictionKind.Float, 2)],
            (FeatureBatch rows, in InvokeOptions _) => ModelOutput.Of(answers.Length == 0 ? PredictionBatch.RentMatrix(PredictionKind.Float, rows.Rows, 2) : PredictionBatch.Of(PredictionKind.Float, answers, 2))))];
    }
}
