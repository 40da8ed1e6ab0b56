using System.Text.Json.Nodes;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.Hosting;
using Flama.Hosting.Examples;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.Calls;

/// <summary>The schemas of a method where one form of its rows is enough, and every answer of <c>predict</c> has probabilities and classes if the model has them.</summary>
internal static class CallSchemas
{
    /// <summary>The request of a model that was not loaded yet.</summary>
    public static JsonNode UnknownInput { get; } = SchemaJson.Of(InputSchema.Of(new OpenApiSchema { Description = "Rows, or tensors. The model's card tells more." }, null));

    /// <summary>The request: rows by feature name where the model has names.</summary>
    public static JsonNode Input(InputSpec spec) => SchemaJson.Of(InputSchema.Of(
        spec is TableSpec table && ExampleRequests.HasObjects(table) ? RowSchema.OfObjects(table) : InputSchema.Value(spec), null));

    /// <summary>The answer.</summary>
    public static JsonNode Output(LoadedModel loaded, ModelMethod method)
    {
        var answer = OutputSchema.Of(method, null);
        foreach (var include in IncludesOf(loaded, method))
        {
            IncludeSchema.AddTo(answer, loaded, include);
        }

        return SchemaJson.Of(answer);
    }

    /// <summary>The query of a request that is answered so; empty for none.</summary>
    public static string QueryOf(LoadedModel loaded, ModelMethod method) =>
        IncludesOf(loaded, method) is { Length: > 0 } includes ? $"?{PredictIncludeReader.Parameter}={string.Join(',', includes)}" : "";

    private static string[] IncludesOf(LoadedModel loaded, ModelMethod method) =>
        method.Name != ModelMethod.Predict || loaded.FindProbabilities() is null ? [] : loaded.Model.Classes.Count > 0 ? ["probabilities", "classes"] : ["probabilities"];
}
