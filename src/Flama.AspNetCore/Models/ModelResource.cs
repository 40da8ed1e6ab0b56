using Flama.AspNetCore.Inspect;
using Flama.Json;

namespace Flama.AspNetCore.Models;

/// <summary>One model that a URL has, for as long as it has it: what its endpoints share. Immutable but for its users; thread-safe.</summary>
/// <remarks>
/// Whoever reads from the model holds a <see cref="ModelLease"/>. The place that serves it holds one as well, so that the owner of a model
/// that was replaced is disposed with the last request that still uses it, and never before.
/// </remarks>
internal sealed class ModelResource
{
    private readonly IDisposable? owner;
    private readonly byte[] inspection;
    private readonly InputReader[] readers;
    private int users = 1;

    /// <summary>Makes the resource, with one user: the place that serves it.</summary>
    /// <param name="name">The name, which is the tag of the endpoints.</param>
    /// <param name="url">The path below the route builder, with a slash at both ends.</param>
    /// <param name="model">The model.</param>
    /// <param name="artifactNames">The names of the files that came with the model; null or empty when there are none.</param>
    /// <param name="owner">What to dispose after the last user; null when somebody else disposes the model.</param>
    public ModelResource(string name, string url, Model model, IReadOnlyList<string>? artifactNames, IDisposable? owner = null)
    {
        Name = name;
        Url = url;
        Model = model;
        ArtifactNames = artifactNames is { Count: > 0 } ? artifactNames : null;
        readers = [.. model.Methods.Select(method => InputReader.For(method.Input))];
        Probabilities = model.FindMethod(ModelMethod.PredictProba);
        inspection = InspectDocument.Make(model.Metadata, ArtifactNames);
        this.owner = owner;
    }

    /// <summary>The name, which is the tag of the endpoints.</summary>
    public string Name { get; }

    /// <summary>The path below the route builder, with a slash at both ends.</summary>
    public string Url { get; }

    public Model Model { get; }

    /// <summary>The names of the files that came with the model; null when there are none.</summary>
    public IReadOnlyList<string>? ArtifactNames { get; }

    /// <summary>The reader of a method of this model.</summary>
    public InputReader ReaderOf(ModelMethod method)
    {
        var methods = Model.Methods;
        for (var i = 0; i < methods.Count; i++)
        {
            if (ReferenceEquals(methods[i], method))
            {
                return readers[i];
            }
        }

        throw new ArgumentException($"The model has no method '{method.Name}' of this kind.", nameof(method));
    }

    /// <summary>The method that gives a probability for each class; null when the model has none.</summary>
    public ModelMethod? Probabilities { get; }

    /// <summary>What inspecting the model answers, UTF-8.</summary>
    public ReadOnlyMemory<byte> Inspection => inspection;

    /// <summary>The method of an endpoint; null when this model does not have it.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="place">Where the method stood in the model that the endpoint was made for, which is where it stands in most others.</param>
    public ModelMethod? FindMethod(string name, int place)
    {
        var methods = Model.Methods;
        return place < methods.Count && string.Equals(methods[place].Name, name, StringComparison.Ordinal) ? methods[place] : Model.FindMethod(name);
    }

    /// <summary>Adds a user, unless the last one has left already.</summary>
    public bool TryRetain()
    {
        var count = Volatile.Read(ref users);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref users, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Takes a user away; the last one disposes the model's owner.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            owner?.Dispose();
        }
    }
}
