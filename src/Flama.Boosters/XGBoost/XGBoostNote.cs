using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Boosters.XGBoost;

/// <summary>
/// The note that <c>save_model</c> of a wrapper leaves in a file: since 1.0 which kind of wrapper it was, and up to 1.7 its parameters. A <c>Booster</c> leaves none.
/// </summary>
internal static class XGBoostNote
{
    private static readonly string[] Wrappers = ["XGBClassifier", "XGBRFClassifier", "XGBRanker", "XGBRegressor", "XGBRFRegressor"];

    /// <summary>Reads the note of a document.</summary>
    /// <returns>The wrapper and its note; null when there is none, or one of an unknown kind.</returns>
    public static (XGBoostWrapper Wrapper, JsonElement Note)? Read(DocumentObject document)
    {
        if (document.Object("learner")?.Object("attributes")?.Text("scikit_learn") is not { } text || Parse(text) is not { } note || KindOf(note) is not { } kind)
        {
            return null;
        }

        return (new XGBoostWrapper(kind)
        {
            Classes = Integer(note, "n_classes_"),
            BestIteration = Integer(note, "best_iteration"),
            Missing = note.TryGetProperty("missing", out var missing) && missing.ValueKind == JsonValueKind.Number ? (float)missing.GetDouble() : float.NaN,
            Labels = note.TryGetProperty("classes_", out var classes) && classes.ValueKind == JsonValueKind.Array
                ? new LabelSet(classes.EnumerateArray().Select(LabelOf))
                : null,
        }, note);
    }

    /// <summary>How many trees a round has, where early stopping tells; null where it does not.</summary>
    public static int? ParallelTrees(JsonElement note) =>
        Integer(note, "best_ntree_limit") is { } trees && Integer(note, "best_iteration") is { } best and < int.MaxValue ? trees / (best + 1) : null;

    /// <summary>Writes the wrapper's parameters as an object, in the order of their names.</summary>
    public static void WriteParameters(Utf8JsonWriter writer, JsonElement note)
    {
        writer.WriteStartObject();
        foreach (var member in note.EnumerateObject().Where(member => IsParameter(member.Name)).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(member.Name);
            WriteValue(writer, member.Value);
        }

        writer.WriteEndObject();
    }

    // What is fitted has an underscore at an end; the class is no parameter, nor are those that get_params leaves out.
    private static bool IsParameter(string name) => name.Length > 0 && name[0] != '_' && name[^1] != '_' && name is not ("type" or "kwargs");

    // Parameters are plain; what is not says nothing about predicting.
    private static void WriteValue(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            writer.WriteNullValue();
        }
        else if (value.ValueKind == JsonValueKind.Number && !value.TryGetInt64(out _))
        {
            PythonNumber.Write(writer, value.GetDouble());
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    // 1.0 to 1.3 note the class, checked against 1.0.2 and 1.3.3; later ones its kind. Since 2.0 classes are not noted: they are 0, 1, 2 ….
    private static string? KindOf(JsonElement note)
    {
        var kind = note.TryGetProperty("_estimator_type", out var type) || note.TryGetProperty("type", out type) ? type.ToString() : "";
        return kind switch
        {
            "classifier" => "XGBClassifier",
            "ranker" => "XGBRanker",
            "regressor" => "XGBRegressor",
            _ => Wrappers.Contains(kind, StringComparer.Ordinal) ? kind : null,
        };
    }

    private static JsonElement? Parse(string note)
    {
        try
        {
            var parsed = PythonJson.Parse(Encoding.UTF8.GetBytes(note));
            return parsed.ValueKind == JsonValueKind.Object ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? Integer(JsonElement note, string name) =>
        note.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var integer) && integer >= 0 ? integer : null;

    private static Scalar LabelOf(JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => Scalar.Of(label.ValueKind == JsonValueKind.True),
        JsonValueKind.String => Scalar.Of(label.GetString()!),
        JsonValueKind.Number => label.TryGetInt64(out var integer) ? Scalar.Of(integer) : Scalar.Of(label.GetDouble()),
        _ => Scalar.Null,
    };
}
