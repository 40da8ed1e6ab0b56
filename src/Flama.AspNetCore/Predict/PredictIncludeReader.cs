using Flama.AspNetCore.Models;
using Flama.Hosting;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Reads <c>?include=probabilities,classes,version,latency,cached</c>.</summary>
internal static class PredictIncludeReader
{
    /// <summary>The name of the query parameter.</summary>
    public const string Parameter = "include";

    /// <summary>Reads the names of one request; several parameters and names split by commas add up.</summary>
    /// <exception cref="FlamaException">A name is unknown or nothing that this model can add (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static PredictIncludes Read(HttpRequest request, LoadedModel resource, PredictServices services)
    {
        if (!request.QueryString.HasValue)
        {
            return PredictIncludes.None;
        }

        var includes = PredictIncludes.None;
        foreach (var value in request.Query[Parameter])
        {
            foreach (var name in (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                includes |= Parse(name, resource, services);
            }
        }

        return includes;
    }

    /// <summary>The names that a model can add.</summary>
    /// <param name="resource">The model.</param>
    /// <param name="hasCache">Whether the application keeps answers.</param>
    public static IReadOnlyList<string> PossibleNames(LoadedModel resource, bool hasCache)
    {
        List<string> names = [];
        if (resource.FindProbabilities() is not null)
        {
            names.Add("probabilities");
        }

        if (resource.Model.Classes.Count > 0)
        {
            names.Add("classes");
        }

        names.AddRange(["version", "latency"]);
        if (hasCache)
        {
            names.Add("cached");
        }

        return names;
    }

    private static PredictIncludes Parse(string name, LoadedModel resource, PredictServices services) => name switch
    {
        "probabilities" when resource.FindProbabilities() is not null => PredictIncludes.Probabilities,
        "classes" when resource.Model.Classes.Count > 0 => PredictIncludes.Classes,
        "version" => PredictIncludes.Version,
        "latency" => PredictIncludes.Latency,
        "cached" when services.Cache is not null => PredictIncludes.Cached,
        _ => throw Unknown(name, resource, services),
    };

    private static FlamaException Unknown(string name, LoadedModel resource, PredictServices services)
    {
        var model = services.HidesInternals ? "The model" : resource.Model.Metadata.ModelClass;
        var message = name switch
        {
            "probabilities" => $"{model} has no predict_proba, so that the answer cannot include probabilities.",
            "classes" => $"{model} has no classes that the answer could include.",
            _ => $"The answer cannot include '{(name.Length <= 40 ? name : $"{name[..40]}…")}'.",
        };
        return new(ErrorCodes.InvalidInput, message, $"Possible with this model: {string.Join(", ", PossibleNames(resource, services.Cache is not null))}.");
    }
}
