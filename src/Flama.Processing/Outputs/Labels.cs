using System.Globalization;
using System.Text;
using System.Text.Json;
using Flama.Processing.Plans;

namespace Flama.Processing.Outputs;

/// <summary>Reads the labels of classes: a list in the document of processing, or a file beside the model.</summary>
internal static class Labels
{
    private const int MaxBytes = 16 << 20, MaxLabels = 1 << 20;

    /// <summary>Reads <c>processing.output.labels</c>; null where it is not there.</summary>
    /// <exception cref="FlamaException">They are not labels.</exception>
    public static string[]? Read(PlanObject plan, ModelSource source)
    {
        const string Key = "labels";
        if (plan.Value(Key) is not { } value)
        {
            return null;
        }

        var found = value.ValueKind == JsonValueKind.Array ? OfJson(value) : value.ValueKind == JsonValueKind.Object ? OfJson(value) : OfFile(plan.Text(Key)!, plan, source);
        return found is { Length: > 0 and <= MaxLabels } ? found : throw plan.Unfit(Key, "has no labels: a list of texts, or an object of them by number from 0");
    }

    private static string[]? OfFile(string name, PlanObject plan, ModelSource source)
    {
        var file = source.FindSideFile(name) ?? throw plan.Unfit("labels", $"names '{SafeText.OneLine(name, 100)}', which is not with the model");
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return OfJson(PlanFile.Parse(source, file, MaxBytes));
        }

        if (file.Content.Length > MaxBytes)
        {
            throw plan.Unfit("labels", $"names a file of {file.Content.Length} bytes; at most {MaxBytes} are read");
        }

        var text = Encoding.UTF8.GetString(file.Content.ReadAll().Span).TrimStart('\uFEFF');
        return [.. text.TrimEnd('\r', '\n').Split('\n').Select(line => line.TrimEnd('\r'))];
    }

    // A list; an object by number; or the configuration of a model of Hugging Face, which has one in id2label.
    private static string[]? OfJson(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().All(label => label.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(label => label.GetString()!)] : null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (value.TryGetProperty("id2label", out var inner))
        {
            return inner.ValueKind == JsonValueKind.Object && !inner.TryGetProperty("id2label", out _) ? OfJson(inner) : null;
        }

        SortedDictionary<int, string> labels = [];
        foreach (var member in value.EnumerateObject())
        {
            if (!int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || member.Value.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            labels[number] = member.Value.GetString()!;
        }

        return labels.Keys.Select((number, index) => number == index).All(fits => fits) ? [.. labels.Values] : null;
    }
}
