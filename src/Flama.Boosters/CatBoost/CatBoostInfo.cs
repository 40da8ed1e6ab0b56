using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Flama.Boosters.CatBoost;

/// <summary>What a model's file tells about its training. Immutable.</summary>
internal sealed class CatBoostInfo
{
    private const string VersionMark = "Branch: tags/v";

    private readonly IReadOnlyDictionary<string, string> entries;
    private readonly BoosterErrors errors;

    /// <summary>Takes the entries of the file.</summary>
    /// <param name="entries">By key: JSON or plain text.</param>
    /// <param name="errors">Whose it is.</param>
    /// <exception cref="FlamaException">An entry that predicting relies on is damaged.</exception>
    public CatBoostInfo(IReadOnlyDictionary<string, string> entries, BoosterErrors errors)
    {
        this.entries = entries;
        this.errors = errors;
        Version = ReadVersion();
        Loss = ReadLoss();
        Labels = ReadLabels();
        Threshold = ReadThreshold();
    }

    /// <summary>The version of CatBoost that trained it; empty when the file does not tell.</summary>
    public string Version { get; }

    /// <summary>The loss that it was trained for, for example <c>Logloss</c>; null when the file does not tell.</summary>
    public string? Loss { get; }

    /// <summary>The labels of its classes; null when it tells none.</summary>
    public LabelSet? Labels { get; }

    /// <summary>The raw number above which the second of two classes is predicted.</summary>
    public double Threshold { get; }

    /// <summary>The parameters that the user set, a JSON object; null when the file does not tell.</summary>
    public JsonElement? UserParameters => Parse("params") is { } all && all.TryGetProperty("flat_params", out var user) && user.ValueKind == JsonValueKind.Object
        ? user
        : null;

    // A sum of models tells the version of each.
    private string ReadVersion()
    {
        var text = entries.FirstOrDefault(entry => entry.Key == "catboost_version_info" || entry.Key.EndsWith(":catboost_version_info", StringComparison.Ordinal)).Value ?? "";
        var at = text.IndexOf(VersionMark, StringComparison.Ordinal);
        return at < 0 ? "" : SafeText.OneLine(text[(at + VersionMark.Length)..].Split('\n', 2)[0].Trim(), 40);
    }

    private string? ReadLoss()
    {
        if (Parse("params") is { } all && all.TryGetProperty("loss_function", out var loss))
        {
            return LossOf(loss);
        }

        return Parse("loss_function") is { } alone ? LossOf(alone) : null;
    }

    private string LossOf(JsonElement loss) => loss.ValueKind switch
    {
        JsonValueKind.Object when loss.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String => type.GetString()!,
        JsonValueKind.String => loss.GetString()!.Split(':', 2)[0],
        _ => throw errors.Fail("its loss_function has no type"),
    };

    // The names of the classes; where there are none their number, or what training numbered them by. Old files have two classes among the parameters.
    private LabelSet? ReadLabels()
    {
        if ((Parse("class_params") ?? Parse("multiclass_params")) is { } classes)
        {
            var type = classes.TryGetProperty("class_label_type", out var told) && told.ValueKind == JsonValueKind.String ? told.GetString() : "Integer";
            if (ItemsOf(classes, "class_names") is { } names)
            {
                return new(names.Select(name => LabelOf(type, name)));
            }

            if (classes.TryGetProperty("classes_count", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var count) && count is > 0 and <= CatBoostContent.MaxWidth)
            {
                return new(Enumerable.Range(0, count).Select(label => Scalar.Of((long)label)));
            }

            return ItemsOf(classes, "class_to_label") is { } numbers ? new(numbers.Select(name => LabelOf("Integer", name))) : null;
        }

        return Parse("params") is { } all && all.TryGetProperty("data_processing_options", out var options) && ItemsOf(options, "class_names") is { } old
            ? new(old.Select(name => LabelOf("Integer", name)))
            : null;
    }

    private static JsonElement[]? ItemsOf(JsonElement classes, string name) =>
        classes.ValueKind == JsonValueKind.Object && classes.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array && items.GetArrayLength() > 0 ? [.. items.EnumerateArray()] : null;

    private Scalar LabelOf(string? type, JsonElement name) => (type, name.ValueKind) switch
    {
        ("Float", JsonValueKind.Number) => Scalar.Of(name.GetDouble()),
        ("Integer", JsonValueKind.Number) when name.TryGetInt64(out var integer) => Scalar.Of(integer),
        ("Integer", JsonValueKind.Number) when name.GetDouble() is var number && number == Math.Floor(number) && Math.Abs(number) < 1L << 53 => Scalar.Of((long)number),
        ("Boolean", JsonValueKind.True or JsonValueKind.False) => Scalar.Of(name.GetBoolean()),
        ("Boolean", JsonValueKind.Number) => Scalar.Of(name.GetDouble() != 0),
        (_, JsonValueKind.String) => Scalar.Of(name.GetString()!),
        (_, JsonValueKind.Number) => Scalar.Of(name.GetDouble()),
        _ => throw errors.Fail($"it has a class {Json.Excerpt.Of(name.GetRawText())} of type {Json.Excerpt.Of(type)}"),
    };

    // Stored as a probability.
    private double ReadThreshold() =>
        !entries.TryGetValue("binclass_probability_threshold", out var text) ? 0
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var probability) && probability is >= 0 and <= 1 ? -Math.Log((1 / probability) - 1)
        : throw errors.Fail($"its probability threshold is {Json.Excerpt.Of(text)}");

    private JsonElement? Parse(string key)
    {
        if (!entries.TryGetValue(key, out var text))
        {
            return null;
        }

        try
        {
            var parsed = Json.PythonJson.Parse(Encoding.UTF8.GetBytes(text));
            return parsed.ValueKind == JsonValueKind.Object
                ? parsed
                : throw errors.Fail($"its entry '{key}' is not a JSON object");
        }
        catch (JsonException)
        {
            throw errors.Fail($"its entry '{key}' is not JSON");
        }
    }
}
