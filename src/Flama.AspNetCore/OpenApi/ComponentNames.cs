using Flama.AspNetCore.Models;

namespace Flama.AspNetCore.OpenApi;

/// <summary>What the schemas of models are called in the document.</summary>
internal sealed class ComponentNames(ServedModels models)
{
    /// <summary>The schema of every error.</summary>
    public const string Error = "flama.APIError";

    private const string InputTitle = "MLModelInput";
    private const string OutputTitle = "MLModelOutput";

    /// <summary>The schema of a model's rows: <c>flama.MLModelInput</c>, with the model's name in it when there are several models.</summary>
    public string Input(ServedModel model) => $"{Prefix(model)}{InputTitle}";

    /// <summary>The schema of a method's answer: <c>flama.MLModelOutput</c> for <c>predict</c>, with the method's name behind it for others.</summary>
    public string Output(ServedModel model, ModelMethod method) => IsPredict(method)
        ? $"{Prefix(model)}{OutputTitle}"
        : $"{Prefix(model)}{OutputTitle}.{method.Name}";

    /// <summary>The title inside a schema: its name without what tells models apart.</summary>
    public static string TitleOf(string component) => component.Contains(InputTitle, StringComparison.Ordinal) ? InputTitle : OutputTitle;

    private static bool IsPredict(ModelMethod method) => string.Equals(method.Name, ModelMethod.Predict, StringComparison.Ordinal);

    private string Prefix(ServedModel model)
    {
        var all = models.Models;
        if (all.Count <= 1)
        {
            return "flama.";
        }

        var name = Sanitize(model.Name);
        var before = all.TakeWhile(other => other != model).Count(other => string.Equals(Sanitize(other.Name), name, StringComparison.Ordinal));
        return before == 0 ? $"flama.{name}." : $"flama.{name}_{before + 1}.";
    }

    // OpenAPI allows letters, digits, points, dashes and underscores.
    private static string Sanitize(string name) =>
        string.Concat(name.Select(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '-' or '_' ? symbol : '_'));
}
