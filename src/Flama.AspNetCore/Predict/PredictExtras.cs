using System.Text.Json;
using Flama.AspNetCore.Memory;
using Flama.AspNetCore.Models;
using Flama.Hosting;
using Flama.Json;

namespace Flama.AspNetCore.Predict;

/// <summary>What one answer holds beside <c>output</c>.</summary>
internal sealed class PredictExtras(LoadedModel resource, PredictIncludes includes) : IDisposable
{
    /// <summary>The probabilities, where they are asked for and computed.</summary>
    public ModelOutput? Probabilities { get; private set; }

    /// <summary>How long reading and predicting took.</summary>
    public TimeSpan Latency { get; private set; }

    /// <summary>Whether the answer was computed for an earlier request.</summary>
    public bool IsCached { get; private set; }

    /// <summary>What computing holds in memory, in bytes.</summary>
    public long SizeFor(ModelInput input) =>
        includes.HasFlag(PredictIncludes.Probabilities) ? Footprint.OfCall(resource.FindProbabilities()!, input) : 0;

    /// <summary>Computes what has to be computed.</summary>
    public void Compute(ModelInput input, in InvokeOptions options)
    {
        if (includes.HasFlag(PredictIncludes.Probabilities))
        {
            Probabilities = resource.FindProbabilities()!.Invoke(input, options with { RowsAreChecked = true });
        }
    }

    /// <summary>Sets what is known when the answer is there.</summary>
    public void Set(TimeSpan latency, bool isCached) => (Latency, IsCached) = (latency, isCached);

    /// <summary>Writes the members of the answer's object besides the probabilities.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        if (includes.HasFlag(PredictIncludes.Classes))
        {
            json.WritePropertyName("classes"u8);
            WriteClasses(json, resource.Model.Classes);
        }

        if (includes.HasFlag(PredictIncludes.Version))
        {
            json.WriteString("model_version"u8, resource.Model.Metadata.Version);
        }

        if (includes.HasFlag(PredictIncludes.Latency))
        {
            json.WritePropertyName("latency_ms"u8);
            PythonNumber.Write(json, Math.Round(Latency.TotalMilliseconds, 3));
        }

        if (includes.HasFlag(PredictIncludes.Cached))
        {
            json.WriteBoolean("cached"u8, IsCached);
        }
    }

    public void Dispose() => Probabilities?.Dispose();

    // One list, or one per column where the model has several outputs.
    private static void WriteClasses(Utf8JsonWriter json, IReadOnlyList<LabelSet> classes)
    {
        if (classes.Count == 1)
        {
            WriteLabels(json, classes[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var labels in classes)
        {
            WriteLabels(json, labels);
        }

        json.WriteEndArray();
    }

    private static void WriteLabels(Utf8JsonWriter json, LabelSet labels)
    {
        json.WriteStartArray();
        for (var i = 0; i < labels.Count; i++)
        {
            labels.WriteTo(json, i);
        }

        json.WriteEndArray();
    }
}
