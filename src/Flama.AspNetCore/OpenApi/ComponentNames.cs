using Flama.AspNetCore.Models;
using Flama.Hosting;

namespace Flama.AspNetCore.OpenApi;

/// <summary>What the schemas of models are called in the document, and the operations of each model.</summary>
/// <remarks>
/// Client generators make one class name of a component's name, many of them from what stands behind the last point only: every name has one point,
/// and no two are the same behind it.
/// </remarks>
internal sealed class ComponentNames(IReadOnlyList<ModelRoute> models)
{
    /// <summary>The schema of every error.</summary>
    public const string Error = "flama.APIError";

    /// <summary>The schema of what inspecting a model answers.</summary>
    public const string Inspection = "flama.MLModelInspection";

    private const string Namespace = "flama.";

    private readonly Lazy<Dictionary<ModelRoute, string>> identifiers = new(() => Apart(models, Identifier, '_'));
    private readonly Lazy<Dictionary<ModelRoute, string>> prefixes = new(() => Apart(models, Pascal, null));

    /// <summary>
    /// The schema of a method's request: <c>flama.MLModelInput</c> for <c>predict</c> and every method that takes the same, <c>flama.MLModelInverseTransformInput</c>
    /// for another; with the model's name in front when there are several models.
    /// </summary>
    public string Input(ModelRoute served, LoadedModel resource, ModelMethod method)
    {
        var main = resource.Model.FindMethod(ModelMethod.Predict) ?? resource.Model.Methods[0];
        return TakesTheSame(method, main)
            ? $"{Namespace}{Prefix(served)}MLModelInput"
            : $"{Namespace}{Prefix(served)}MLModel{MethodPart(resource, resource.Model.Methods.First(other => TakesTheSame(method, other)))}Input";
    }

    /// <summary>The schema of a method's answer: <c>flama.MLModelOutput</c> for <c>predict</c>, <c>flama.MLModelTransformOutput</c> for another.</summary>
    public string Output(ModelRoute served, LoadedModel resource, ModelMethod method) =>
        string.Equals(method.Name, ModelMethod.Predict, StringComparison.Ordinal)
            ? $"{Namespace}{Prefix(served)}MLModelOutput"
            : $"{Namespace}{Prefix(served)}MLModel{MethodPart(resource, method)}Output";

    /// <summary>The schema of a name that <c>?include=</c> takes.</summary>
    public string Include(ModelRoute served) => $"{Namespace}{Prefix(served)}MLModelInclude";

    /// <summary>The title of a schema: its name behind the point.</summary>
    public static string TitleOf(string component) => component[Namespace.Length..];

    /// <summary>The id of an operation, which tells it apart from those of all models.</summary>
    public string Operation(ModelRoute served, string name)
    {
        return $"{identifiers.Value[served]}_{Identifier(name)}";
    }

    private string Prefix(ModelRoute served)
    {
        return models.Count <= 1 ? "" : prefixes.Value[served];
    }

    private static string MethodPart(LoadedModel resource, ModelMethod method)
    {
        var methods = resource.Model.Methods;
        var index = 0;
        while (!ReferenceEquals(methods[index], method))
        {
            index++;
        }

        return Unique(methods.Select(one => Pascal(one.Name)).ToList(), index, null);
    }

    private static Dictionary<ModelRoute, string> Apart(IReadOnlyList<ModelRoute> models, Func<string, string> form, char? separator)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<ModelRoute, string> names = [];
        foreach (var model in models)
        {
            names.TryAdd(model, Untaken(form(model.Name), separator, taken));
        }

        return names;
    }

    private static string Unique(List<string> names, int index, char? separator)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        var name = "";
        for (var i = 0; i <= index; i++)
        {
            name = Untaken(names[i], separator, taken);
        }

        return name;
    }

    // Names that differ only in case are one class to some generators, and one file to some systems.
    private static string Untaken(string wanted, char? separator, HashSet<string> taken)
    {
        var name = wanted;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{wanted}{separator}{number}";
        }

        return name;
    }

    private static bool TakesTheSame(ModelMethod left, ModelMethod right) =>
        ReferenceEquals(left.Input, right.Input) || string.Equals(SchemaText(left), SchemaText(right), StringComparison.Ordinal);

    private static string SchemaText(ModelMethod method) => SchemaJson.Of(InputSchema.Of(method.Input, "")).ToJsonString();

    private static string Identifier(string name)
    {
        var made = string.Concat(name.Select(symbol => char.IsAsciiLetterOrDigit(symbol) ? symbol : '_'));
        return made.Length == 0 || char.IsAsciiDigit(made[0]) ? $"model_{made}" : made;
    }

    private static string Pascal(string name)
    {
        var words = Identifier(name).Split('_', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "Model" : string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
