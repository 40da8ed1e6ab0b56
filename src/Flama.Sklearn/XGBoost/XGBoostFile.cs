using Flama.Boosters.XGBoost;
using System.Text.Json;
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

        // Classes need not be noted: they are 0, 1, 2 …; labels of an encoder are lost in the file.
        return state.TryGetValue("_estimator_type", out var type)
            ? type switch
            {
                "classifier" => Make(Wrappers, "XGBClassifier", state),
                "ranker" => Make(Wrappers, "XGBRanker", state),
                "regressor" => Make(Wrappers, "XGBRegressor", state),
                _ => booster,
            }
            : booster;
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
