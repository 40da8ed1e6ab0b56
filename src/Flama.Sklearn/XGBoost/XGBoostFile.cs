using System.Text.Json;
using Flama.Boosters.XGBoost;
using Flama.Json;
using Flama.Pickle;

namespace Flama.Sklearn.XGBoost;

/// <summary>XGBoost's own files, as if they were pickles of what wrote them.</summary>
/// <remarks>
/// <c>Booster.save_model</c> makes a <c>Booster</c>; the wrappers' <c>save_model</c> leaves a note in the file that says which kind of wrapper it was, and since 1.0 its parameters up to 1.7.
/// </remarks>
internal static class XGBoostFile
{
    private const string Wrappers = "xgboost.sklearn";

    /// <summary>Makes the object of a file.</summary>
    /// <exception cref="FlamaException">The file is damaged, or of the old binary form.</exception>
    public static PickleObject Open(ReadOnlySpan<byte> bytes)
    {
        var document = BoosterDocument.Read(bytes);
        var learner = document.Object("learner")!;
        var state = new PickleDict();
        state.Set("_document", document);
        state.Set("booster", learner.Object("gradient_booster")?.Text("name"));
        state.Set("objective", learner.Object("objective")?.Text("name"));
        var booster = Make("xgboost.core", "Booster", state);
        return learner.Object("attributes")?.Text("scikit_learn") is { } note && Parse(note) is { } wrapper ? Wrap(booster, wrapper) : booster;
    }

    private static PickleObject Wrap(PickleObject booster, JsonElement note)
    {
        var state = new PickleDict();
        foreach (var member in note.EnumerateObject())
        {
            state.Set(member.Name, ValueOf(member.Value));
        }

        state.Set("_Booster", booster);
        if (note.TryGetProperty("classes_", out var classes) && classes.ValueKind == JsonValueKind.Array)
        {
            var encoder = new PickleDict();
            encoder.Set("classes_", classes.EnumerateArray().Select(ValueOf).ToList());
            state.Set("_le", Make("xgboost.compat", "XGBoostLabelEncoder", encoder));
        }

        // 1.0 to 1.3 note the class, checked against 1.0.2 and 1.3.3; later ones its kind. Since 2.0 classes are not noted: they are 0, 1, 2 ….
        var kind = note.TryGetProperty("_estimator_type", out var type) || note.TryGetProperty("type", out type) ? type.ToString() : "";
        return kind switch
        {
            "classifier" => Make(Wrappers, "XGBClassifier", state),
            "ranker" => Make(Wrappers, "XGBRanker", state),
            "regressor" => Make(Wrappers, "XGBRegressor", state),
            "XGBClassifier" or "XGBRFClassifier" or "XGBRanker" or "XGBRegressor" or "XGBRFRegressor" => Make(Wrappers, kind, state),
            _ => booster,
        };
    }

    private static PickleObject Make(string module, string name, PickleDict state) =>
        new(new GlobalName(module, name), new PickleTuple([])) { State = state };

    private static JsonElement? Parse(string note)
    {
        try
        {
            var parsed = PythonJson.Parse(System.Text.Encoding.UTF8.GetBytes(note));
            return parsed.ValueKind == JsonValueKind.Object ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Parameters are plain; what is not says nothing about predicting.
    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var integer) ? integer : value.GetDouble(),
        _ => null,
    };
}
