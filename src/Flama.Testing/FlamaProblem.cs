using System.Text.Json;

namespace Flama.Testing;

/// <summary>An error answer, read from <c>application/problem+json</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The code of docs/reference/errors.md, such as <c>invalid_input</c>; of a problem that is not Flama's, its type.</param>
/// <param name="Title">The kind of problem in words.</param>
/// <param name="Detail">What is wrong, and what to do.</param>
/// <param name="Errors">What is wrong with the rows; empty for other problems.</param>
public sealed record FlamaProblem(int Status, string Code, string Title, string Detail, IReadOnlyList<InputProblem> Errors)
{
    private const string Prefix = "urn:flama:error:";

    internal static FlamaProblem Of(JsonElement document)
    {
        var type = Text(document, "type");
        return new(
            document.TryGetProperty("status", out var status) && status.TryGetInt32(out var number) ? number : 0,
            type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : type,
            Text(document, "title"),
            Text(document, "detail"),
            document.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array ? [.. errors.EnumerateArray().Select(ErrorOf)] : []);
    }

    // The place is "input", the row and the feature, as far as they are known.
    private static InputProblem ErrorOf(JsonElement error)
    {
        int[] place = error.TryGetProperty("loc", out var loc) && loc.ValueKind == JsonValueKind.Array
            ? [.. loc.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.Number).Select(part => part.GetInt32())]
            : [];
        return new(
            Text(error, "type"), Text(error, "msg"), place.Length > 0 ? place[0] : null, place.Length > 1 ? place[1] : null, error.TryGetProperty("feature", out var name) ? name.GetString() : null)
        {
            Rule = error.TryGetProperty("rule", out var rule) ? rule.GetString() : null,
            Bound = error.TryGetProperty("bound", out var bound) ? bound.GetRawText() : null,
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
