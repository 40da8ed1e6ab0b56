using System.Buffers;
using System.Text.Json;
using Flama.AspNetCore.Models;
using Flama.Json;

namespace Flama.AspNetCore.Predict;

/// <summary>What one answer holds beside <c>output</c>.</summary>
internal sealed class PredictExtras(ModelResource resource, PredictIncludes includes) : IDisposable
{
    private PredictionBatch? probabilities;

    /// <summary>How long reading and predicting took.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Computes what has to be computed.</summary>
    public void Compute(FeatureBatch input)
    {
        if (includes.HasFlag(PredictIncludes.Probabilities))
        {
            probabilities = resource.Probabilities!.Invoke(input);
        }
    }

    /// <summary>Writes the members, each with a comma before it.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        if (probabilities is not null)
        {
            output.Write(",\"probabilities\":"u8);
            PredictionWriter.Write(output, probabilities);
        }

        if (includes.HasFlag(PredictIncludes.Classes))
        {
            output.Write(",\"classes\":"u8);
            WriteClasses(output, resource.Model.Signature.Classes);
        }

        if (includes.HasFlag(PredictIncludes.Version))
        {
            output.Write(",\"model_version\":"u8);
            using var writer = new Utf8JsonWriter(output, JsonOutput.Compact);
            writer.WriteStringValue(resource.Model.Metadata.Version);
        }

        if (includes.HasFlag(PredictIncludes.Latency))
        {
            output.Write(",\"latency_ms\":"u8);
            using var writer = new Utf8JsonWriter(output, JsonOutput.Compact);
            PythonNumber.Write(writer, Math.Round(Latency.TotalMilliseconds, 3));
        }
    }

    public void Dispose() => probabilities?.Dispose();

    // One list, or one a column where the model has several outputs.
    private static void WriteClasses(IBufferWriter<byte> output, IReadOnlyList<LabelSet> classes)
    {
        using var writer = new Utf8JsonWriter(output, JsonOutput.Compact);
        if (classes.Count == 1)
        {
            WriteLabels(writer, classes[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var labels in classes)
        {
            WriteLabels(writer, labels);
        }

        writer.WriteEndArray();
    }

    private static void WriteLabels(Utf8JsonWriter writer, LabelSet labels)
    {
        writer.WriteStartArray();
        for (var i = 0; i < labels.Count; i++)
        {
            labels.WriteTo(writer, i);
        }

        writer.WriteEndArray();
    }
}
