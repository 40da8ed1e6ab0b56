using System.Runtime.CompilerServices;
using Flama.Hosting;

namespace Flama.AspNetCore.Admission;

/// <summary>The gates of an application, one for each model, whichever routes lead to it. Thread-safe.</summary>
internal sealed class ModelGates(FlamaHttpOptions options)
{
    private readonly ConditionalWeakTable<ServedModel, ModelGate> gates = [];

    /// <summary>The gate of a model; null where models have none.</summary>
    public ModelGate? Of(ServedModel model) => options.MaxModelConcurrency is { } places
        ? gates.GetValue(model, _ => new ModelGate(places, options.MaxModelQueue, options.RequestTimeout))
        : null;
}
