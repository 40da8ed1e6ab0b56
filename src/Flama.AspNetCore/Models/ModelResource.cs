using Flama.Json;

namespace Flama.AspNetCore.Models;

/// <summary>A model at a URL: what its endpoints share. Immutable and thread-safe.</summary>
internal sealed class ModelResource
{
    public ModelResource(string name, string url, Model model, IReadOnlyList<string>? artifactNames)
    {
        Name = name;
        Url = url;
        Model = model;
        ArtifactNames = artifactNames is { Count: > 0 } ? artifactNames : null;
        Reader = new FeatureReader(model.Signature);
        Probabilities = model.FindMethod(ModelMethod.PredictProba);
    }

    /// <summary>The name, which is the tag of the endpoints.</summary>
    public string Name { get; }

    /// <summary>The path below the route builder, with a slash at both ends.</summary>
    public string Url { get; }

    public Model Model { get; }

    /// <summary>The names of the files that came with the model; null when there are none.</summary>
    public IReadOnlyList<string>? ArtifactNames { get; }

    public FeatureReader Reader { get; }

    /// <summary>The method that gives a probability for each class; null when the model has none.</summary>
    public ModelMethod? Probabilities { get; }
}
