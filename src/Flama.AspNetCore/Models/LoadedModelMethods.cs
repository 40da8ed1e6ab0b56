using Flama.Hosting;

namespace Flama.AspNetCore.Models;

/// <summary>What endpoints ask of a model.</summary>
internal static class LoadedModelMethods
{
    /// <summary>The method of an endpoint; null when this model does not have it.</summary>
    /// <param name="loaded">The model.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="index">Where the method stood in the model that the endpoint was made for, which is where it stands in most others.</param>
    public static ModelMethod? FindMethod(this LoadedModel loaded, string name, int index)
    {
        var methods = loaded.Model.Methods;
        return index < methods.Count && string.Equals(methods[index].Name, name, StringComparison.Ordinal) ? methods[index] : loaded.Model.FindMethod(name);
    }

    /// <summary>The method that gives a probability for each class; null when the model has none.</summary>
    public static ModelMethod? FindProbabilities(this LoadedModel loaded) => loaded.Model.FindMethod(ModelMethod.PredictProba);
}
