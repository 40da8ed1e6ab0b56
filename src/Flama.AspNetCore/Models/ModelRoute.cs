using System.Runtime.CompilerServices;
using Flama.Hosting;
using Flama.Packaging;

namespace Flama.AspNetCore.Models;

/// <summary>A model at a URL: the URL stays, the model behind it can be replaced while requests come in. Thread-safe.</summary>
/// <param name="url">The path below the route builder, with a slash at both ends.</param>
/// <param name="name">The name, from which names in documents are made.</param>
/// <param name="served">The model.</param>
internal sealed class ModelRoute(string url, string name, ServedModel served)
{
    private readonly ConditionalWeakTable<LoadedModel, Inspection> inspections = [];

    /// <summary>The name, from which names in documents are made.</summary>
    public string Name { get; } = name;

    /// <summary>The tag of the endpoints: the name, unless it is called otherwise.</summary>
    public string Tag { get; init; } = name;

    /// <summary>The path below the route builder, with a slash at both ends.</summary>
    public string Url => url;

    /// <summary>The model.</summary>
    public ServedModel Served => served;

    /// <summary>The model of this moment; dispose the lease when the request is done with it.</summary>
    /// <exception cref="ObjectDisposedException">The application has ended.</exception>
    public ModelLease Acquire() => served.Acquire();

    /// <summary>What inspecting a model answers, UTF-8; made once for a model.</summary>
    /// <param name="loaded">The model.</param>
    /// <param name="hidesInternals">Whether only its id and time are told; the same for all calls.</param>
    public ReadOnlyMemory<byte> Inspect(LoadedModel loaded, bool hidesInternals) => inspections.GetValue(
        loaded, model => new(hidesInternals ? InspectDocument.WriteIdentity(model.Metadata) : InspectDocument.Write(model.Metadata, model.Artifacts?.Names))).Document;

    private sealed record Inspection(ReadOnlyMemory<byte> Document);
}
